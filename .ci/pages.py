"Name the processed notebooks in _proc as their pages, let each function stand once, fold imports in, and lead nbdev's links where they are meant to go."
import ast, json, re
from collections import defaultdict
from configparser import ConfigParser
from itertools import groupby
from pathlib import Path
from bert_notebooks._modidx import d

config = ConfigParser(delimiters=["="])
config.read("settings.ini", encoding="utf-8")
PROC, SITE = Path("_proc"), config["DEFAULT"]["doc_host"] + config["DEFAULT"]["doc_baseurl"] + "/"
LINK = re.compile(r"\[`([\w.]+)(\(\))?`\]\(/([\w/]+)\.html#([\w.]+)\)")  # nbdev knows no address of the site: see pyproject.toml
SOURCE = re.compile(r"(\[source\]\([^)]*?/)bert_notebooks/\w+\.py#L\w+(\)[^#]*?### ([\w.]+)\\n)")
plain = lambda text: re.sub(r"\b\d+[a-z]?_(\w+\.ipynb)", r"\1", text)  # nbdev names 01_preprocessing's page preprocessing.html: do it by file name, which every renderer follows
relative = lambda text: re.sub(r"\]\((?![a-z]+:)[^)]*", lambda link: plain(link[0]), text)  # in links between the pages; files on other hosts keep their names
homes, files, texts, originals = defaultdict(dict), {}, {}, {}  # name -> its pages and anchors; page -> its module; page -> its notebook as nbdev processed it, and as it was written
for module, symbols in d["syms"].items():
    for symbol, (url, file) in symbols.items():
        page, anchor = url.split(".html#")
        homes[symbol.removeprefix(f"{module}.")][page], files[page] = anchor, file

def meant(match, page):
    "A link to the page's own function of that name, else to the only one of that name, else none: nbdev takes the first module that has it."
    name, call, target, anchor = match.groups(default="")
    if page in homes[name]: target, anchor = page, homes[name][page]
    elif len(homes[name]) > 1: return f"`{name}{call}`"
    while anchor and anchor not in shown.get(target, ()): anchor = anchor.rpartition(".")[0]  # a method stands with its class
    return f"[`{name}{call}`]({SITE}{target}.html#{anchor})" if anchor else f"`{name}{call}`"

def signature(match):
    "A signature without links in its comments, its types by their own names: nbdev has them with their modules."
    if re.search(r'"(?:from|import) ', match[0]): return match[0]  # an example
    text = re.sub(r"\[(`[^`]*`)\]\([^)]*\)", r"\1", match[0])
    return re.sub(r"#.*?\\n|\b(?:[a-z_]\w*\.)+(?=[A-Z])", lambda found: found[0] if found[0][0] == "#" else "", text)

def source(match, page):
    "The line of the page's own module that defines the name."
    body, named = ast.parse(Path(files[page]).read_text(encoding="utf-8")).body, lambda name, nodes: next((n for n in nodes if getattr(n, "name", None) == name), None)
    owner, _, name = match[3].rpartition(".")
    node = (owner and named(name, getattr(named(owner, body), "body", []))) or named(name, body)  # a method stands in its class, or below it with @patch
    return f"{match[1]}{files[page]}#L{node.lineno}{match[2]}" if node else match[0]

def fields(name, page):
    "A class of fields as it is written, down to its last field: nbdev's signature leaves out what is said about them."
    text = Path(files[page]).read_text(encoding="utf-8")
    node = next((n for n in ast.parse(text).body if isinstance(n, ast.ClassDef) and n.name == name), None)
    parts = [part for part in node.body if isinstance(part, ast.AnnAssign)] if node else []
    return "\n".join(text.split("\n")[n - 1] for n in [node.lineno, *range(parts[0].lineno, parts[-1].end_lineno + 1)]) if parts else ""

def in_order(notebook, page):
    "Document the names of a cell in the order of their definition, before its source: nbdev has the last one first, then the source, then the others."
    lines = {node.name: node.lineno for node in ast.parse(Path(files[page]).read_text(encoding="utf-8")).body if hasattr(node, "name")}
    def line(cell):
        source = "".join(cell["source"]) if cell["cell_type"] == "code" else ""
        if shown := re.search(r"^show_doc\((?:\w+\.)*(\w+)\)$", source, re.M): return lines.get(shown[1])
        if "Exported source" in source: return max((lines[name] + 0.5 for name in re.findall(r"^(?:def|class) (\w+)", source, re.M) if name in lines), default=None)
    groups = groupby(notebook["cells"], lambda cell: line(cell) is not None)
    return notebook | {"cells": [cell for known, cells in groups for cell in (sorted(cells, key=line) if known else cells)]}

def once(notebook, page):
    "A lesson shows a function's source and an anchor above it; a page of the reference shows its signature and folds the source."
    lesson, mark, named = "/" not in page and page != "compare", "#| code-fold: show\n#| code-summary: \"Exported source\"\n", r"^(?:def|class) (\w+)"
    heads = {head.lower() for cell in notebook["cells"] for head in re.findall(r"^#+ (?:[\d.]+ )?(\w+)$", "".join(cell["source"]), re.M)}
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and mark in source:
            names = ", ".join(re.findall(named, source, re.M))
            cell["source"] = source.replace(mark, "" if lesson or not names else f"#| code-fold: true\n#| code-summary: \"Source of {names}\"\n")
        if not re.search(r"^show_doc\(", source, re.M): continue
        data = cell["outputs"][0]["data"]
        text = "".join(data["text/markdown"])
        address, name = re.search(r"\[source\]\((\S+?)\).*?### ([\w.]+)", text, re.S).groups() if "[source]" in text else ("", "")
        if lesson:
            anchor = "" if name.lower() in heads else f' id="{name.lower()}"'  # a section may have the name
            data["text/markdown"] = f'<div class="defined"{anchor}><a href="{address}">source of {name}</a></div>\n'
        elif code := fields(name, page): data["text/markdown"] = re.sub(r"(```python\n).*?(```)", lambda m: f"{m[1]}{code}\n{m[2]}", text, flags=re.S)
    return notebook

def imports(notebook, original):
    "The imports of a notebook's hidden cells that its page's code needs, folded, before the first of this code."
    code = [(i, "".join(cell["source"])) for i, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]
    used = set(re.findall(r"\w+", "\n".join(source for _, source in code if "show_doc(" not in source)))
    lines = {}  # in their order, each once
    for cell in original["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or not re.match(r"#\|\s*(hide|export)\s*$", source, re.M): continue
        for node in ast.parse(source).body:
            if not isinstance(node, (ast.Import, ast.ImportFrom)): continue
            node.names = [n for n in node.names if (n.asname or n.name.split(".")[0]) in used]
            if node.names: lines[ast.unparse(node)] = None
    if not lines: return notebook
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": "#| code-fold: true\n#| code-summary: Imports\n" + "\n".join(lines)}
    return notebook | {"cells": notebook["cells"][:code[0][0]] + [cell] + notebook["cells"][code[0][0]:]}

for path in list(PROC.rglob("*.ipynb")):
    originals[plain(path.relative_to(PROC).as_posix()).removesuffix(".ipynb")] = Path("nbs")/path.relative_to(PROC)
    texts[plain(path.relative_to(PROC).as_posix()).removesuffix(".ipynb")] = re.sub(r"output-file: \S+\.html\\n", "", relative(path.read_text(encoding="utf-8")))
    path.unlink()
shown = {page: {name.lower() for name in re.findall(r'"#+ ([\w.]+)\\n"', text)} for page, text in texts.items()}
for page, text in texts.items():
    text = re.sub(r'"```python\\n".*?"```\\n"', signature, text, flags=re.S)
    text = LINK.sub(lambda match: meant(match, page), text)
    if page in files: text = SOURCE.sub(lambda match: source(match, page), text)
    notebook = json.loads(text)
    if page in files: notebook = once(in_order(notebook, page), page)
    notebook = imports(notebook, json.loads(originals[page].read_text(encoding="utf-8")))
    (PROC/f"{page}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
(PROC/"_quarto.yml").write_text(plain(Path("_quarto.yml").read_text(encoding="utf-8")), encoding="utf-8")
