# Usage: supervise.sh <folder> <folder of the programs>. Makes a cluster in <folder>, runs its server, and removes both
# when standard input ends. The other end of that pipe is held by the owner alone, so it ends when the owner says so,
# exits, panics or is killed. The file `exited` tells a living owner that there is no server (any more).
dir=$1
bin=$2
exec 3<&0 </dev/null >>"$dir/log" 2>&1
if "$bin/initdb" --no-sync -A trust --locale=C --encoding=UTF8 -U postgres -D "$dir/data" 3<&-; then
    "$bin/postgres" -D "$dir/data" -k "$dir" -p 5432 -c listen_addresses= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c max_connections=200 -c max_wal_size=128MB 3<&- &
    server=$!
    # Repeated, because a signal is lost on a server that has not set its handlers yet.
    {
        read -r _ <&3
        while [ ! -e "$dir/exited" ] && kill -QUIT "$server"; do sleep 0.1 || sleep 1; done
    } &
    wait "$server"
fi
: >"$dir/exited"
read -r _ <&3
rm -rf "$dir"
