# SPDX-License-Identifier: MIT
"""What tests/bench/run and tests/bench/gate share: peers, how their programs are built, and how they are counted."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/bench"
BUILD = pathlib.Path(os.environ.get("OAUTHPP_BUILD", ROOT / "build")).absolute() / "bench"

GCC = next(filter(shutil.which, ("g++-12", "g++")), "g++-12")
CLANG = "clang++-19"
STANDARD = ["-std=c++20", f"-I{ROOT / 'include'}"]
JOBS = "authorization_url callback token_body token_response pkce pkce_random error_response".split()
OURS = ["oauthpp_owned", "oauthpp_borrowed"]
MAIN = "curl_nlohmann"

# Unpacked, not installed: Debian's newest Boost cannot be installed beside the one that cpprestsdk needs.
BOOST = BUILD / "boost-1.81"

QT = f"-isystem /usr/include/{sysconfig.get_config_var('MULTIARCH')}/qt6"

# peer -> Debian packages, flags of its compilation, flags of its link
PEERS = {
    "oauthpp_owned": ("", "", ""),
    "oauthpp_borrowed": ("", "", ""),
    "oauthpp_portable": ("", "", ""),
    "oauthpp_sha": ("", "-msha -msse4.1", ""),
    "curl_nlohmann": ("libcurl4-openssl-dev nlohmann-json3-dev libssl-dev", "", "-lcurl -lcrypto"),
    "uriparser": ("liburiparser-dev", "", "-luriparser"),
    "boost": ("", f"-isystem {BOOST}/usr/include", ""),
    "simdjson": ("libsimdjson-dev", "", "-lsimdjson"),
    "rapidjson": ("rapidjson-dev", "", ""),
    "rapidjson_sse2": ("rapidjson-dev", "", ""),
    "cjson": ("libcjson-dev", "", "-lcjson"),
    "mbedtls": ("libmbedtls-dev", "", "-lmbedcrypto"),
    "poco": ("libpoco-dev", "", "-lPocoJSON -lPocoFoundation"),
    "cpprest": ("libcpprest-dev", "", "-lcpprest -lcrypto"),
    "qt": ("qt6-networkauth-dev qt6-base-dev", f"{QT} {QT}/QtCore {QT}/QtNetwork {QT}/QtNetworkAuth -fPIC",
           "-lQt6NetworkAuth -lQt6Network -lQt6Core"),
    "limit": ("", "", ""),
}

rounds = 10   # operations that count.cpp counts at a time


def need(*commands):
    missing = [command for command in commands if not shutil.which(command)]
    if missing:
        sys.exit(f"missing: {' '.join(missing)}")


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def together(function, cases):
    """The results of all calls, two or more at a time."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda case: function(*case), cases))


def build(program, peers, link=""):
    """Builds `program`.cpp with each (compiler, peer) at -O2; gives (compiler, peer) -> executable."""
    BUILD.mkdir(parents=True, exist_ok=True)
    frame = [HERE / f"{program}.cpp", *sorted((HERE / "jobs").glob("*.cpp"))]

    def compile(compiler, source, *flags):
        object = BUILD / f"{compiler}-{program}-{source.stem}.o"
        run(compiler, *STANDARD, "-O2", "-Wall", "-Wextra", *flags, "-c", source, "-o", object)
        return object

    sources = [(GCC, source) for source in frame]
    sources += [(compiler, HERE / f"peers/{peer}.cpp", *PEERS[peer][1].split()) for compiler, peer in peers]
    objects = together(compile, sources)
    shared, own = objects[:len(frame)], objects[len(frame):]

    def join(compiler, peer, object):
        executable = BUILD / f"{compiler}-{program}-{peer}"
        run(GCC, *shared, object, *PEERS[peer][2].split(), *link.split(), "-o", executable)
        return executable

    return dict(zip(peers, together(join, [(*peer, object) for peer, object in zip(peers, own)])))


def count(executable, *sizes):
    """(job, size) -> (instructions, heap calls, heap bytes) of one operation."""
    # Without the vector code of the C library, which is not the same on every processor
    plain = {**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM"}
    with tempfile.TemporaryDirectory(dir=BUILD) as out:
        heap = run("valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={out}/dump",
                   executable, *sizes, env=plain)
        instructions = {}
        for dump in pathlib.Path(out).iterdir():
            text = dump.read_text()
            if what := re.search(r"^desc: Trigger: Client Request: (\w+) (\d+)$", text, re.M):
                instructions[what[1], what[2]] = int(re.search(r"^totals: (\d+)", text, re.M)[1]) // rounds
    counted = {}
    for line in heap.splitlines():
        job, size, calls, bytes = line.split()
        counted[job, int(size)] = (instructions[job, size], int(calls), int(bytes))
    return counted


def preprocessed_lines(compiler, source, folder=HERE):
    """Lines with something on them, comments and directives gone."""
    text = run(compiler, *STANDARD, "-x", "c++", "-E", "-P", "-", input=source, cwd=folder)
    return sum(1 for line in text.splitlines() if line.strip())
