from importlib import import_module
import sys
def open_door(package, exports):
    home = {n: m for m, ns in exports.items() for n in ns}
    def __getattr__(name):
        if name not in home: raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value
    return __getattr__, lambda: sorted([*home, *(n for n in vars(sys.modules[package]) if n.startswith("__"))]), sorted(home)
