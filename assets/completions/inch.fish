# Completion of inch for fish. What it offers comes from inch itself; fish quotes it.
function __inch_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string replace -r '^["\']' '' | string replace -ra '\\\\(.)' '$1')
    set -l found (command inch complete (count $words) -- $words "$current" 2>/dev/null)
    if contains -- \tfiles $found
        __fish_complete_path "$current"
    else if test (count $found) -gt 0
        printf '%s\n' $found
    end
end

complete -c inch -f -k -a '(__inch_complete)'
