"""Executes the console blocks of the documentation; see Scripts/check-docs."""
import glob
import subprocess
import sys


def run(command):
    done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n")


def agrees(expected, got):
    while expected and not expected[-1].strip():
        expected = expected[:-1]
    while got and not got[-1].strip():
        got = got[:-1]
    if expected and expected[-1] == "…":
        return got[:len(expected) - 1] == expected[:-1]
    return expected == got


def main():
    update = "--update" in sys.argv
    failures = 0
    examples = 0
    for path in ["README.md"] + sorted(glob.glob("docs/*.md")):
        lines = open(path, encoding="utf-8").read().split("\n")
        result = []
        index = 0
        while index < len(lines):
            result.append(lines[index])
            if lines[index].strip() != "```console":
                index += 1
                continue
            index += 1
            while lines[index].strip() != "```":
                command = lines[index]
                result.append(command)
                index += 1
                expected = []
                while lines[index].strip() != "```" and not lines[index].startswith("$ "):
                    expected.append(lines[index])
                    index += 1
                if not command.startswith("$ "):
                    continue
                examples += 1
                got = run(command[2:])
                cut = expected and expected[-1] == "…"
                if update:
                    result += got[:len(expected) - 1] + ["…"] if cut and len(expected) > 1 else got
                else:
                    result += expected
                    if not agrees(expected, got):
                        failures += 1
                        print(f"{path}: {command}\n  expected:\n" + "\n".join("    " + one for one in expected)
                              + "\n  printed:\n" + "\n".join("    " + one for one in got))
        if update:
            open(path, "w", encoding="utf-8").write("\n".join(result))
    print(f"docs: {examples - failures} passed, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
