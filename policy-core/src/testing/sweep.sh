# Usage: sweep.sh <folder of a private cluster whose owner died>, run as the folder's owner.
dir=$1
# A server is left only if its supervisor died too. The process id may be another's by now: its command line tells.
# (Where there is no /proc, the server stops by itself within a minute of losing its folder.)
if read -r server <"$dir/data/postmaster.pid" && grep -qF "$dir/data" "/proc/$server/cmdline"; then
    kill -QUIT "$server"
fi
# A dying server may still write a file.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf "$dir" && break
    sleep 0.1 || sleep 1
done
