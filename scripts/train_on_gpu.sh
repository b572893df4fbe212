#!/usr/bin/env bash
# The bundled model from nothing on one data-centre GPU in about half an hour: two teachers, their translations, a student.
# bash scripts/train_on_gpu.sh RUN parallel.tsv.xz sources.tsv validation.tsv [news.tsv=3 ...]
# Every step resumes where it was; MINUTES_TEACHER, MINUTES_REVERSE and MINUTES_STUDENT change the lengths.
set -euo pipefail
[ $# -ge 4 ] || { sed -n 2,4p "$0"; exit 2; }
run=$1 parallel=$2 weights=$3 validation=$4
shift 4
python=${PYTHON:-.venv/bin/python}
here=$(dirname "$0")
options=(${TRAIN_OPTIONS:-}) # for a small trial: sizes, --steps
own=()
for file in "$@"; do own+=(--pairs "$file"); done

big=(--width 512 --feed 2048 --heads 8 --encoder 6 --decoder 6 --vocabulary 16000 --tokens 32000 --rate 1e-3 --dropout 0.1)
"$python" "$here/train_model.py" "$run/teacher" --pairs "$parallel" "${own[@]}" --weights "$weights" --validation "$validation" \
    "${big[@]}" --minutes "${MINUTES_TEACHER:-9}" "${options[@]}"
"$python" "$here/train_model.py" "$run/reverse" --pairs "$parallel" "${own[@]}" --weights "$weights" --reverse \
    "${big[@]}" --minutes "${MINUTES_REVERSE:-6}" "${options[@]}"
[ -e "$run/distilled.tsv" ] || "$python" "$here/synthesise_pairs.py" distil "$run/teacher/final" \
    --pairs "$parallel" "${own[@]}" --output "$run/distilled.tsv"
[ -e "$run/back.tsv" ] || "$python" "$here/synthesise_pairs.py" back-translate "$run/reverse/final" \
    --pairs "$parallel" "${own[@]}" --output "$run/back.tsv"
"$python" "$here/train_model.py" "$run/student" --pairs "$parallel=0.5" "${own[@]}" --weights "$weights" --validation "$validation" \
    --pairs "$run/distilled.tsv=2" --pairs "$run/back.tsv=0.5" --width 384 --feed 1536 --heads 6 --encoder 6 --decoder 2 --tokens 32000 \
    --bpe-dropout 0.05 --accidents 0.2 --swaps 0.2 --minutes "${MINUTES_STUDENT:-10}" "${options[@]}"
echo "$run/student/final: use it with --model $run/student/final"
