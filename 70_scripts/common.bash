# shellcheck shell=bash
# Read by the scripts of this folder: what is true of an environment, and how commands are run.
set -euo pipefail

scripts=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
repository=${scripts%/*}
# Where environments keep logs, credentials, releases and backups; the repository on a laptop.
root=${DEPLOY_ROOT:-$repository}
dry_run=

say() { printf '==> %s\n' "$*" >&2; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# The comment on top of each script is its help.
help() { sed --quiet '2,/^$/s/^# \{0,1\}//p' "$0"; }

usage_error() {
    printf '%s: %s\n\n' "${0##*/}" "$*" >&2
    help >&2
    exit 2
}

# Read --help and --dry-run, and leave the rest in the array `arguments`.
read_options() {
    arguments=()
    for argument; do
        case $argument in
            --help) help && exit ;;
            --dry-run) dry_run=yes ;;
            *) arguments+=("$argument") ;;
        esac
    done
}

# Run a command; with --dry-run, print it instead.
run() {
    if [[ $dry_run ]]; then
        printf '%q ' "$@" && echo
    else
        "$@"
    fi
}

load_environment() {
    local file=${ENVIRONMENTS:-$repository/30_docker}/$1.env
    [[ $1 =~ ^[a-z][a-z0-9-]*$ && -f $file ]] || fail "unknown environment '$1': there is no $file"
    set -a
    # shellcheck source=../30_docker/preprod.env disable=SC1091
    . "$file"
    set +a
    state=$root/$FOLDER
    release=$state/release.env
    history=$state/history.tsv
    export LOGS=$state/logs CREDENTIALS=$root/96_keys/site/credentials
}

# The value of a name in a release file, empty where either is missing.
released() { sed --quiet "s/^$1=//p" "${2:-$release}" 2>/dev/null || true; }

actor() { printf '%s' "${GITHUB_ACTOR:-${SUDO_USER:-$(id --user --name)}}" | tr --complement --delete '[:alnum:]_.@-'; }

label() { docker image inspect --format "{{index .Config.Labels \"$1\"}}" "$2"; }

image_id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null; }

readyz() { curl --silent --fail --max-time 5 "http://127.0.0.1:$PORT/readyz"; }

# A text of a JSON object: field NAME OBJECT
field() { sed --quiet "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" <<<"$2"; }
