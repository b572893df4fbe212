#!/usr/bin/env bash
#SBATCH --job-name=selaras
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --gpus-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --time=24:00:00
#SBATCH --output=selaras-%j.log
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#
# A night's work: `selaras build` with one process for each visible GPU, articles shared out as the
# work goes, logs, restarts of what died, a summary at the end. Documented in docs/gpu_batch.md.
#
#   scripts/gpu_batch.sh ARTICLES OUT [options of selaras build]
#   nohup scripts/gpu_batch.sh artikel/ out/ --model nllb --references refs/ &
#   sbatch --gpus-per-node=4 scripts/gpu_batch.sh artikel/ out/ --model opus
#
# Options of its own, in the environment: SELARAS (the command, if it is not on the path),
# WORKERS (processes; the number of GPUs), RESTARTS (of the whole; 3), RESTART_SECONDS (before; 10).

set -uo pipefail

say() { printf '%s gpu_batch: %s\n' "$(date -u +%FT%TZ)" "$*"; }

if [ $# -lt 2 ] || [ "$1" = --help ]; then
    sed -n '/^# A night/,/^set/p' "$0" | sed '/^set/d; s/^# \{0,1\}//'
    exit 2
fi
articles=$1 output=$2
shift 2

here=${SLURM_SUBMIT_DIR:-$(cd "$(dirname "$0")/.." && pwd)} # Slurm runs a copy of this file
selaras=${SELARAS:-}
[ -n "$selaras" ] || selaras=$(command -v selaras || true)
[ -n "$selaras" ] || selaras=$here/.venv/bin/selaras
if ! command -v "$selaras" >/dev/null; then
    say "no command selaras; activate its environment, or name it: SELARAS=/path/to/selaras"
    exit 1
fi

# The device: a GPU, unless the caller says --device cpu.
device=cuda previous=
for argument in "$@"; do
    case $previous,$argument in
        --device,*) device=$argument ;;
        *,--device=*) device=${argument#--device=} ;;
    esac
    previous=$argument
done
if [ "$device" = cpu ]; then
    workers=${WORKERS:-1}
    say "on the CPU, as asked: $workers process(es)"
else
    if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
        gpus=$(printf '%s' "$CUDA_VISIBLE_DEVICES" | tr ',' '\n' | grep -c . || true)
    else
        gpus=$(nvidia-smi --list-gpus 2>/dev/null | grep -c '^GPU' || true)
    fi
    if [ "$gpus" -eq 0 ]; then
        say "no GPU is visible (nvidia-smi, CUDA_VISIBLE_DEVICES); give --device cpu to go on without"
        exit 1
    fi
    [ "$device" = cuda ] && set -- "$@" --device cuda
    workers=${WORKERS:-$gpus}
    say "$gpus GPU(s), $workers process(es)"
fi

# What a run that was interrupted has done is kept; the same command goes on.
mkdir -p "$(dirname "$output")"
log=${output%/}.log
say "$selaras build $articles $output --workers $workers $*; log in $log, of each worker in $output/logs"
started=$(date +%s)
attempt=0
child= stopped=
stop() {
    stopped=yes
    [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap stop INT TERM # HUP is nohup's
while :; do
    "$selaras" build "$articles" "$output" --workers "$workers" "$@" >>"$log" 2>&1 &
    child=$!
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do # a signal ended the waiting, not the run
        wait "$child"
        code=$?
    done
    child=
    case $code in
        0 | 1 | 2 | 3 | 130) break ;; # done, mendable, wrong usage, some inputs failed, interrupted
    esac # the rest has died: 70 a defect or a driver, 75 all workers, 128 and more by a signal
    [ -z "$stopped" ] || break
    attempt=$((attempt + 1))
    if [ "$attempt" -gt "${RESTARTS:-3}" ]; then
        say "ended with $code, given up after $((attempt - 1)) restarts"
        break
    fi
    say "ended with $code; going on where it was ($attempt of ${RESTARTS:-3})"
    for ((second = 0; second < ${RESTART_SECONDS:-10}; second++)); do
        [ -n "$stopped" ] || sleep 1 # a signal is heard after it
    done
    if [ -n "$stopped" ]; then
        code=130
        break
    fi
done

say "ended with $code after $(($(date +%s) - started)) s; the last lines of $log:"
tail -n 12 "$log"
exit "$code"
