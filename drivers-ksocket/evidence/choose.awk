# SPDX-License-Identifier: GPL-2.0-only
#
# awk -v tree=DIR -f header.awk -f choose.awk requirements features
#
# Prints the file of each feature that matches the kernel headers in DIR/include, such as
# getsockopt_module/sock_fields.c. There is no default: it fails if the kernel lacks a requirement, or if not exactly one
# variant of a feature matches.

/^[ \t]*(#|$)/ { next }

FILENAME ~ /requirements$/ {
	name = want(rest(1))
	if (!(name in required))
		requirement[++requirements] = name
	required[name] = required[name] (required[name] == "" ? "" : "; ") wanted
	if (!((name, $1) in asked)) {
		asked[name, $1]
		places[name] = places[name] (places[name] == "" ? "" : " ") $1
	}
	shape[name, $1, wanted]
	next
}

{
	if (!($1 in variants))
		feature[++features] = $1
	if (!(($1, $2) in clues))
		variants[$1] = variants[$1] (variants[$1] == "" ? "" : " ") $2
	clue = ++clues[$1, $2]
	presence[$1, $2, clue] = $3
	place[$1, $2, clue] = $4
	declared_name[$1, $2, clue] = want(rest(4))
	declared_text[$1, $2, clue] = wanted
}

END {
	if (refused)
		exit 1
	for (i = 1; i <= requirements; i++)
		check(requirement[i])
	for (i = 1; i <= features; i++)
		chosen[i] = choose(feature[i])
	for (i = 1; i <= features; i++)
		print feature[i] "/" chosen[i] ".c"
}

# The line without its first COUNT columns.
function rest(count,    text) {
	text = $0
	for (sub(/^[ \t]+/, "", text); count; count--)
		sub(/^[^ \t]+[ \t]+/, "", text)
	sub(/[; \t\r]+$/, "", text)
	return text
}

# want(TEXT) - returns the name of the declaration in TEXT and sets wanted to its normal form, "" if any form matches.
function want(text,    at, word) {
	split(text, word, /[ \t]+/)
	if (text !~ /[ \t]/) {
		wanted = ""
		return text
	}
	if (word[1] == "define" || word[1] == "typedef") {
		wanted = (word[1] == "define" ? "#" : "") word[1] " " word[2]
		return word[2]
	}
	if (word[1] == "member") {
		sub(/^member[ \t]+struct[ \t]+[^ \t]+[ \t]+/, "", text)
		scan(text)
		wanted = type_of(1, tokens)
		sub(/\)[ \t]*\(.*/, "", text)
		sub(/.*[^A-Za-z0-9_]/, "", text)
		return word[3] "." text
	}
	scan(text)
	for (at = 2; at < tokens; at++)
		if (token[at] ~ /^[A-Za-z_]/ && token[at + 1] == "(" && (wanted = prototype(1, at, tokens)) != "")
			return token[at]
	refuse("evidence that is no declaration: " text)
}

# seen(HEADER, NAME, KIND) - returns the number of declarations of a name in a header; sighting[] has their text and line.
function seen(header, name, kind,    i, at, count, known) {
	if ((header, name, "count") in sighting)
		return sighting[header, name, "count"]
	if (header != at_hand) {
		at_hand = header
		there = read_header(tree "/" header)
	}
	count = 0
	if (!there) {
		# No header, no declaration.
	} else if (kind ~ /^#define /) {
		if (name in macro)
			note(header, name, ++count, macro[name], kind)
	} else if (kind ~ /^typedef /) {
		for (i = 1; i <= statements && !count; i++)
			if (token[first[i]] == "typedef" && last[i] > first[i] && token[last[i]] == name)
				note(header, name, ++count, line_of[last[i]], kind)
	} else if (name ~ /\./) {
		count = seen_members(header, name)
	} else {
		for (i = 1; i <= statements; i++)
			if ((at = named(i, name)) && (known = prototype(first[i], at, last[i])) != "")
				note(header, name, ++count, line_of[at], known)
	}
	return sighting[header, name, "count"] = count
}

function note(header, name, count, number, text) {
	sighting[header, name, count] = text
	sighting[header, name, count, "line"] = header ":" number
}

# Returns the position where statement I names a function outside parentheses and bodies, or 0.
function named(i, name,    at, end) {
	for (at = first[i]; at < last[i]; at++) {
		if (token[at] == name && token[at + 1] == "(")
			return at > first[i] ? at : 0
		if (token[at] ~ /^[({[]$/ && (end = closing(at, last[i])))
			at = end
	}
	return 0
}

# Members of an unnamed structure or union are those of the structure around it.
function seen_members(header, name,    dot, i, j, at, all, count, end, open, text) {
	dot = index(name, ".")
	all = statements
	for (i = 1; i <= all; i++) {
		if (token[first[i]] != "struct" || token[first[i] + 1] != substr(name, 1, dot - 1) || token[first[i] + 2] != "{")
			continue
		end = closing(first[i] + 2, last[i])
		split_statements(first[i] + 3, end - 1)
		for (j = all + 1; j <= statements; j++) {
			if ((open = unnamed(first[j], last[j]))) {
				split_statements(open + 1, closing(open, last[j]) - 1)
				continue
			}
			for (at = first[j]; at <= last[j] && token[at] != substr(name, dot + 1); at++)
				;
			if (at <= last[j] && (text = type_of(first[j], last[j])) != "")
				note(header, name, ++count, line_of[at], text)
		}
		statements = all
	}
	return count + 0
}

# Returns the '{' of a structure or union that is followed by attributes only, which start with "__", or 0.
function unnamed(from, to,    at, open) {
	for (open = from; open <= to && token[open] != "{"; open++)
		;
	if (token[from] !~ /^(struct|union)$/ || open > to || !closing(open, to))
		return 0
	for (at = closing(open, to) + 1; at <= to; at++) {
		if (token[at] == "(" && closing(at, to))
			at = closing(at, to)
		else if (token[at] !~ /^__/)
			return 0
	}
	return open
}

# Each declaration of the name must have a known form.
function check(name,    header, headers, i, j, any) {
	headers = split(places[name], header, " ")
	for (i = 1; i <= headers; i++) {
		for (j = seen(header[i], name, required[name]); j; j--) {
			any = 1
			if (!((name, header[i], sighting[header[i], name, j]) in shape))
				refuse(sighting[header[i], name, j, "line"] ": " name " has a shape ksocket does not know: " sighting[header[i], name, j] ", and ksocket needs it", \
				       "the known shapes are: " required[name])
		}
	}
	if (!any)
		refuse(places[name] " declares no " name ", and ksocket needs it", "ksocket works with kernels that have: " required[name])
}

# Returns the only variant of a feature without a contradiction.
function choose(name,    variant, count, i, fits, why, against) {
	count = split(variants[name], variant, " ")
	for (i = 1; i <= count; i++) {
		against = contradiction(name, variant[i])
		if (against == "")
			fits = fits (fits == "" ? "" : " and ") variant[i]
		else
			why = why (why == "" ? "" : "; ") "not " variant[i] ": " against
	}
	if (fits == "" || fits ~ / and /)
		refuse("no known way to do " name " in this kernel: " (fits == "" ? why : "it fits " fits " alike"), \
		       "the variants known are " variants[name])
	return fits
}

# Returns the first fact in the tree that contradicts a variant, or "".
function contradiction(what, variant,    i, j, header, name, text, count, absent) {
	for (i = 1; i <= clues[what, variant]; i++) {
		header = place[what, variant, i]
		name = declared_name[what, variant, i]
		text = declared_text[what, variant, i]
		absent = presence[what, variant, i] == "absent"
		count = seen(header, name, text)
		if (!absent && !count)
			return header " declares no " name
		for (j = 1; j <= count; j++)
			if (absent || (text != "" && text != sighting[header, name, j]))
				return sighting[header, name, j, "line"] ": " sighting[header, name, j]
	}
	return ""
}

function refuse(what, how) {
	print "error: " tree ": " what > "/dev/stderr"
	if (how != "")
		print "hint: " how > "/dev/stderr"
	refused = 1
	exit 1
}
