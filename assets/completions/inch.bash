# Completion of inch for bash. What it offers comes from inch itself and is quoted before it stands
# on the line, so that no name can be taken for anything but a name.
_inch() {
    local current=$2 quote='' value is_file=''
    case ${COMP_WORDS[COMP_CWORD]} in
        \"*) quote='"' ;;
        \'*) quote="'" ;;
        *) current=${current//\\/} ;;
    esac
    COMPREPLY=()
    while IFS= read -r value; do
        value=${value%%$'\t'*}
        [[ -n $value ]] || { is_file=1; continue; }
        case $quote in
            '') printf -v value %q "$value" ;;
            "'") value=${value//\'/\'\\\'\'} ;;
            '"')
                # Nothing that a shell still reads in there.
                [[ $value == *[\\\"\$\`!]* ]] && continue
                ;;
        esac
        COMPREPLY+=("$value")
    done < <(command inch complete "$COMP_CWORD" -- "${COMP_WORDS[@]:0:COMP_CWORD}" "$current" 2>/dev/null)
    # Older ones know neither: they sort, and offer files where nothing else is.
    [[ -n $is_file ]] || compopt +o default 2>/dev/null
    compopt -o nosort 2>/dev/null
}

complete -o default -F _inch inch
