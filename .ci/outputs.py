"Fail on outputs that do not belong in a committed notebook: errors, widgets, progress bars, paths of one machine."
import json, re, sys
from pathlib import Path
from bert_notebooks.youtoxic import mask_slurs

UNWANTED = {"an error": r'"output_type": "error"', "widget state": r"widget-view\+json", "a progress bar": r"\d+%\||<progress", "a warning": r'"name": "stderr"',
            "a path of one machine": r"(?<![\w.])/(home|root|work|tmp|Users)/\w"}
found = []
for path in sorted(Path("nbs").rglob("*.ipynb")):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if notebook["metadata"].get("widgets"): found.append(f"{path}: widget state in the metadata")
    cells = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    if re.match(r"\d", path.name) and not any(c["outputs"] for c in cells): found.append(f"{path}: a chapter without outputs")
    for cell in cells:
        outputs = [{k: v for k, v in o.items() if k != "data"} | {"data": {k: v for k, v in o.get("data", {}).items() if not k.startswith("image/")}} for o in cell["outputs"]]
        found += [f"{path}: {name} in the output of {''.join(cell['source'])[:60]!r}" for name, pattern in UNWANTED.items() if re.search(pattern, json.dumps(outputs))]
        if mask_slurs(text := json.dumps(outputs, ensure_ascii=False)) != text: found.append(f"{path}: an unmasked word in the output of {''.join(cell['source'])[:60]!r}")
print("\n".join(found) or "outputs are clean")
sys.exit(bool(found))
