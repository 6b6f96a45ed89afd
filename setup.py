"""Hands the metadata of settings.ini, the one place where it is said, to setuptools."""
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

parser = ConfigParser(delimiters=["="], interpolation=None)
parser.read("settings.ini", encoding="utf-8")
cfg = parser["DEFAULT"]

setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    keywords=cfg["keywords"],
    author=cfg["author"],
    author_email=cfg["author_email"],
    license="Apache-2.0",
    url=cfg["git_url"],
    packages=find_packages(include=["tfrseg", "tfrseg.*"]),
    package_data={"": ["*.pyi"], "tfrseg": ["py.typed"], "tfrseg.explorer": ["canvas/*.js", "viewer.css"]},
    include_package_data=True,
    python_requires=">=" + cfg["min_python"],
    install_requires=cfg["requirements"].split(),
    extras_require={name: cfg[f"{name}_requirements"].split()
                    for name in ("coco", "layouts", "fast", "bands", "geo", "medical", "ray", "dev")},
    entry_points={"console_scripts": cfg["console_scripts"].split(), "nbdev": ["tfrseg=tfrseg._modidx:d"]},
    zip_safe=False,
)
