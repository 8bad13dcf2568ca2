# Sourced. Makes .venv and brings it to what the file named in $1 lists; does nothing when that is unchanged.

# Many processes are started here, and each takes half as long where compiled code is kept, whatever an image set for
# itself. Kept with the environment, never beside the sources.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/.venv/compiled"

# A distribution's own goes first: one compiled by a version manager took a fifth more processor time for every page.
find_python() {
    local python
    for python in ${PYTHON:-} /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "Needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv). PYTHON=/path/to/python names one." >&2
    return 1
}

# uv takes 4 s where pip takes 30; where uv cannot be had or cannot reach the index (a private CA), pip goes on.
install_requirements() {
    local pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
    [ -x .venv/bin/uv ] || "${pip[@]}" uv==0.13.9 2>/dev/null || true
    if [ -x .venv/bin/uv ] && .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"; then
        return
    fi
    echo "uv could not install $1; going on with pip." >&2
    "${pip[@]}" --require-hashes -r "$1"
}

# One at a time: two commands started together must not build the same environment.
bring_up() {
    local requirements=$1 python stamp wanted
    stamp=.venv/.installed-$requirements
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || {
        python=$(find_python) || return 1
        echo "Making .venv with $("$python" --version) ..." >&2
        "$python" -m venv --clear .venv || return 1
    }
    wanted=$(cat bin/setup.sh "$requirements" | sha256sum | cut -c1-64)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        echo "Installing $requirements ..." >&2
        install_requirements "$requirements" || return 1
        echo "$wanted" >"$stamp"
    fi
}

if command -v flock >/dev/null; then
    mkdir -p var
    exec 9>var/setup.lock
    flock 9
fi
bring_up "$1"
exec 9>&-
