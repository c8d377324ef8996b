#!/bin/sh
# Everything that must stand before the portal can run: .venv, node_modules, system libraries, compiled translations.
# Safe to run again: what is in place is left alone. Every refusal is one sentence that says what to do.
set -eu
cd "$(dirname "$0")/.."

SYSTEM_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext"

refuse() {
    echo "$*" >&2
    exit 1
}

is_recent_python() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
        if is_recent_python "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    refuse "The portal needs Python 3.11 or newer, and none was found: install it, or name it with PYTHON=/path/to/python3.11."
}

make_environment() {
    is_recent_python .venv/bin/python && return
    python=$(find_python)
    echo "Creating .venv with $("$python" --version)…"
    rm -rf .venv
    "$python" -m venv .venv || {
        rm -rf .venv
        refuse "Python could not create a virtual environment: install its venv module (on Debian: apt-get install python3-venv)."
    }
}

install_python_packages() {
    cmp -s requirements.txt .venv/requirements.installed && return
    echo "Installing the Python packages of requirements.txt…"
    # requirements.txt names every package, so nothing is left to resolve. uv does in ten seconds what takes pip ninety;
    # where it cannot be had or does not reach the packages, pip does it.
    install="-m pip install --quiet --disable-pip-version-check --no-deps"
    # shellcheck disable=SC2086 # words of a command
    .venv/bin/python $install "$(sed -n 's/^\(uv==[^ ]*\).*/\1/p' requirements.txt)" &&
        .venv/bin/uv pip install --quiet --python .venv/bin/python --native-tls --no-deps -r requirements.txt ||
        .venv/bin/python $install --no-compile -r requirements.txt ||
        refuse "The Python packages could not be installed: see the message above, then run make again."
    cp requirements.txt .venv/requirements.installed
}

need_front_end_tools() {
    cmp -s package-lock.json node_modules/package-lock.installed && return
    command -v node >/dev/null || refuse "Node.js was not found: install Node.js (on Debian: apt-get install nodejs npm)."
    command -v npm >/dev/null || refuse "npm was not found: install it beside Node.js (on Debian: apt-get install npm)."
}

install_front_end() {
    cmp -s package-lock.json node_modules/package-lock.installed && return
    echo "Installing the front-end packages of package-lock.json…"
    npm ci --no-audit --no-fund --loglevel=error ||
        refuse "The front-end packages could not be installed: see the message above, then run make again."
    cp package-lock.json node_modules/package-lock.installed
}

missing_system_parts() {
    command -v xgettext >/dev/null && command -v msgfmt >/dev/null || echo "gettext"
    # WeasyPrint opens Pango when it is imported; nothing else of Python does.
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || echo "Pango"
}

install_system_packages() {
    [ -e .venv/system-libraries.found ] && return
    missing=$(missing_system_parts | paste -s -d , - | sed 's/,/ and /')
    if [ -n "$missing" ]; then
        if [ "$(id -u)" != 0 ] || [ ! -f /etc/debian_version ] || ! command -v apt-get >/dev/null; then
            refuse "Missing on this machine: $missing. Install them (on Debian: apt-get install $SYSTEM_PACKAGES), then run make again."
        fi
        echo "Installing Debian packages, since $missing is missing: $SYSTEM_PACKAGES"
        apt-get -qq update
        # shellcheck disable=SC2086 # a list of names
        DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $SYSTEM_PACKAGES >/dev/null
        missing=$(missing_system_parts)
        [ -z "$missing" ] || refuse "The Debian packages were installed, and $missing is still missing; try: .venv/bin/python -m weasyprint --info"
    fi
    touch .venv/system-libraries.found
}

compile_translations() {
    for catalogue in locale/*/LC_MESSAGES/*.po; do
        [ -e "$catalogue" ] || continue
        compiled="${catalogue%.po}.mo"
        [ -e "$compiled" ] && [ -z "$(find "$catalogue" -newer "$compiled")" ] && continue
        msgfmt --check-format --output-file="$compiled" "$catalogue" ||
            refuse "The catalogue $catalogue could not be compiled: mend the lines named above."
    done
}

need_front_end_tools
make_environment
install_python_packages
install_front_end
install_system_packages
compile_translations
