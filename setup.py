"The package's metadata and requirements, read from settings.ini; name and addresses stand in pyproject.toml, where nbdev reads them."
import shutil
from configparser import ConfigParser
from pathlib import Path
from setuptools import setup
from setuptools.command.build_py import build_py

config = ConfigParser(delimiters=["="])
config.read("settings.ini", encoding="utf-8")
cfg = config["DEFAULT"]
listed = lambda key: cfg.get(key, "").split()
extras = {name: listed(f"{name}_requirements") for name in ("offline", "onnx", "fast", "bench", "docs", "tracking", "ray")}
classifiers = ["Development Status :: 3 - Alpha", "Intended Audience :: Education", "Natural Language :: English"]
classifiers += [f"Programming Language :: Python :: {version}" for version in ["3", "3 :: Only", *listed("pythons")]]
extras["dev"] = [word for name in extras if name != "bench" for word in extras[name]] + listed("dev_requirements")

class WithNotebooks(build_py):
    "Put the notebooks and their pictures into the wheel, for `bert-notebooks copy`."
    def run(self):
        super().run()
        if not self.editable_mode:
            for path in Path("nbs").rglob("*.*"):
                if path.suffix not in (".ipynb", ".svg", ".png") or ".ipynb_checkpoints" in path.parts: continue
                copy = Path(self.build_lib, cfg["lib_name"], "notebooks", *path.parts[1:])
                copy.parent.mkdir(parents=True, exist_ok=True); shutil.copyfile(path, copy)

setup(
    cmdclass={"build_py": WithNotebooks},
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author=cfg["author"],
    license="Apache-2.0",
    license_files=["LICENSE"],
    keywords=cfg["keywords"].split(),
    classifiers=classifiers,
    python_requires=">=" + cfg["min_python"],
    packages=[cfg["lib_name"]],
    package_data={cfg["lib_name"]: ["samples/*", "reports/*"]},
    install_requires=listed("requirements"),
    extras_require=extras,
    entry_points={"console_scripts": [cfg["console_scripts"]], "nbdev": [f"{cfg['lib_name']}={cfg['lib_name']}._modidx:d"]},
)
