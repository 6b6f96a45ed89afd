"""Hands the metadata of settings.ini, the one place where it is said, to setuptools."""
import re
from configparser import ConfigParser
from pathlib import Path

import setuptools

parser = ConfigParser(delimiters=["="], interpolation=None)
parser.read("settings.ini", encoding="utf-8")
cfg = parser["DEFAULT"]

git_url, tag, docs = cfg["git_url"], "v" + cfg["version"], cfg["doc_host"] + cfg["doc_baseurl"]
raw_url = git_url.replace("github.com", "raw.githubusercontent.com")
STATUS = {"2": "2 - Pre-Alpha", "3": "3 - Alpha", "4": "4 - Beta", "5": "5 - Production/Stable"}


def for_the_index(text):
    "README.md with pictures and links that work on the page of a package index: those of this version's tag."
    text = re.sub(r"(!\[[^]]*\])\((?![a-z]+:|#|/)([^)\s]+)\)", rf"\1({raw_url}/{tag}/\2)", text)
    return re.sub(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)", rf"]({git_url}/blob/{tag}/\1)", text)


def extras():
    "Every `NAME_requirements` of settings.ini, and `dev`, which is all of `dev_parts`."
    end = "_requirements"
    found = {key[:-len(end)]: value.split() for key, value in cfg.items() if key.endswith(end)}
    return {**found, "dev": list(dict.fromkeys(r for part in cfg["dev_parts"].split() for r in found[part]))}


# An SPDX expression where setuptools knows it, as pyproject.toml asks; an older one builds without isolation.
license_key = "license_expression" if int(setuptools.__version__.split(".")[0]) >= 77 else "license"

setuptools.setup(
    name=cfg["lib_name"],
    version=cfg["version"],
    description=cfg["description"],
    long_description=for_the_index(Path("README.md").read_text(encoding="utf-8")),
    long_description_content_type="text/markdown",
    keywords=cfg["keywords"],
    author=cfg["author"],
    author_email=cfg["author_email"],
    url=docs,
    project_urls={"Documentation": docs, "Source": git_url, "Issues": f"{git_url}/issues",
                  "Changelog": f"{git_url}/blob/main/CHANGELOG.md"},
    classifiers=[
        f"Development Status :: {STATUS[cfg['status']]}",
        f"Intended Audience :: {cfg['audience']}",
        "Intended Audience :: Science/Research",
        "Framework :: Jupyter",
        f"Natural Language :: {cfg['language']}",
        "Operating System :: POSIX :: Linux",
        "Programming Language :: Python :: 3 :: Only",
        *(f"Programming Language :: Python :: {version}" for version in cfg["python_versions"].split()),
        "Topic :: Scientific/Engineering :: Artificial Intelligence",
        "Topic :: Scientific/Engineering :: Image Processing",
        "Topic :: Scientific/Engineering :: Image Recognition",
        "Typing :: Typed",
    ],
    license_files=["LICENSE"],
    packages=setuptools.find_packages(include=["tfrseg", "tfrseg.*"]),
    package_data={"": ["*.pyi"], "tfrseg": ["py.typed"], "tfrseg.explorer": ["canvas/*.js", "*.css"]},
    include_package_data=False,  # what is listed above, and nothing that MANIFEST.in names beside
    python_requires=">=" + cfg["min_python"],
    install_requires=cfg["requirements"].split(),
    extras_require=extras(),
    entry_points={"console_scripts": cfg["console_scripts"].split(), "nbdev": ["tfrseg=tfrseg._modidx:d"]},
    zip_safe=False,
    **{license_key: "Apache-2.0"},
)
