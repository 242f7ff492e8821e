# SPDX-License-Identifier: GPL-2.0-only
#
# Parses the top-level declarations of a C header in the same way as the probe of tool/: both branches of every #if, types
# in a normal form. POSIX awk, so that an out-of-tree build needs no more programs than a kernel build.

# The current text: token[1..tokens], their line numbers in line_of[], and the statements first[i]..last[i].

# read_header(PATH) - splits a file into tokens, macros and statements; returns 0 if the file does not exist.
function read_header(path,    line, number, read) {
	tokens = statements = depth = ifs = skipped = in_comment = in_directive = in_line = 0
	split("", macro)
	while ((read = (getline line < path)) > 0)
		scan_line(line, ++number)
	close(path)
	if (read < 0)
		return 0
	split_statements(1, tokens)
	return 1
}

# scan(TEXT) - splits a line of evidence into tokens.
function scan(text) {
	tokens = statements = depth = ifs = skipped = in_comment = in_directive = in_line = 0
	scan_line(text, 0)
}

function add_token(text, number) {
	if (skipped)
		return
	depth += (text == "{") - (text == "}")
	token[++tokens] = text
	line_of[tokens] = number
}

# A directive and a // comment continue after a backslash; a directive also continues across comments of several lines.
function scan_line(s, number,    start) {
	start = !in_directive
	while (s != "") {
		if (in_comment) {
			if (!match(s, /\*\//))
				return
			s = substr(s, RSTART + 2)
			in_comment = 0
		} else if (in_directive && (in_line || s ~ /^\/\//)) {
			in_line = s ~ /\\\r?$/
			if (in_line)
				return
			s = ""
		} else if (s ~ /^\/\*/) {
			s = substr(s, 3)
			in_comment = 1
			if (in_directive)
				directive = directive " "
		} else if (in_directive) {
			if (s == "\\" || s == "\\\r") {
				directive = directive " "
				return
			}
			if (!match(s, /^"([^"\\]|\\.)*("|$)/) && !match(s, /^'([^'\\]|\\.)*('|$)/))
				match(s, /^([\\\/"']|[^\/\\"']+)/)
			directive = directive substr(s, 1, RLENGTH)
			s = substr(s, RLENGTH + 1)
		} else if (s ~ /^\/\// || (start && s ~ /^#/)) {
			in_directive = 1
			directive = ""
			directive_line = number
			in_line = s ~ /^\/\//
			if (in_line)
				directive = "//"
		} else if (match(s, /^[ \t\r\f\v\\]+/)) {
			s = substr(s, RLENGTH + 1)
		} else {
			start = 0
			if (!match(s, /^([A-Za-z0-9_]+|\.\.\.)/) && !match(s, /^"([^"\\]|\\.)*("|$)/) && !match(s, /^'([^'\\]|\\.)*('|$)/))
				RLENGTH = 1
			add_token(substr(s, 1, RLENGTH), number)
			s = substr(s, RLENGTH + 1)
		}
	}
	if (in_directive && !in_comment) {
		in_directive = in_line = 0
		run_directive(directive, directive_line)
	}
}

# Records macros. A brace that every branch of an #if opens is counted once.
function run_directive(text, number,    word, words) {
	sub(/\r$/, "", text)
	words = split(text, word, /[ \t]+/)
	if (word[1] == "#" && words > 1)
		word[1] = "#" word[2]
	if (skipped) {
		if (word[1] ~ /^#(if|ifdef|ifndef)$/)
			skipped++
		else if (word[1] == "#endif")
			skipped--
		else if (skipped == 1 && word[1] ~ /^#(else|elif|elifdef|elifndef)$/)
			skipped = 0
		if (!skipped && word[1] == "#endif")
			ifs--
	} else if (word[1] ~ /^#define$/ && words > 1) {
		sub(/^#[ \t]*define[ \t]+/, "", text)
		sub(/[ \t(].*/, "", text)
		if (!(text in macro))
			macro[text] = number
	} else if (word[1] ~ /^#(if|ifdef|ifndef)$/) {
		depth_at_if[++ifs] = depth
		skipped = text ~ /^#[ \t]*if[ \t]+0[ \t]*$/
	} else if (word[1] ~ /^#(else|elif|elifdef|elifndef)$/ && ifs) {
		while (depth > depth_at_if[ifs]) {
			add_token("}", number)
			add_token(";", number)
		}
	} else if (word[1] == "#endif" && ifs) {
		ifs--
	}
}

# Returns the position of the bracket that closes the one at OPEN, or 0 if there is none up to END. Between braces only braces
# are counted: each branch of an #if may close the same parenthesis.
function closing(open, end,    at, level, brace) {
	brace = token[open] == "{"
	for (at = open; at <= end; at++) {
		if (token[at] == "{" || (!brace && token[at] ~ /^[([]$/))
			level++
		else if (token[at] == "}" || (!brace && token[at] ~ /^[])]$/))
			level--
		if (!level)
			return at
	}
	return 0
}

# A statement ends at a semicolon, at the end of a function body, or at a brace that nothing closes.
function split_statements(from, to,    at, start, end, body) {
	start = from
	for (at = from; at <= to; at++) {
		if (token[at] ~ /^[({[]$/ && (end = closing(at, to))) {
			body = token[at] == "{" && at > start && token[at - 1] == ")"
			at = end
			if (body) {
				add_statement(start, at)
				start = at + 1
			}
		} else if (token[at] ~ /^[;{]$/) {
			add_statement(start, at - 1)
			start = at + 1
		} else if (token[at] == "}") {
			start = at + 1
		}
	}
}

# A statement starts after the macro calls in front of it, which need no semicolon.
function add_statement(from, to,    end) {
	while ((end = macro_call_end(from, to)))
		from = end + 1
	first[++statements] = from
	last[statements] = to
}

# Returns where a macro call ends: a word and parentheses that a word follows; 0 if there is none at AT.
function macro_call_end(at, to,    end) {
	if (at >= to || token[at] !~ /^[A-Za-z_]/ || token[at + 1] != "(")
		return 0
	end = closing(at + 1, to)
	return end && end < to && token[end + 1] ~ /^[A-Za-z_]/ ? end : 0
}

# Returns the normal form of the type in tokens FROM..TO, without the declared name, or "" if they are not a type.
function type_of(from, to,    at, t, text, based, tagged, stars) {
	for (at = from; at <= to; at++) {
		t = token[at]
		if (t in link_words)
			continue
		if (t in call_words) {
			if (closing(at + 1, to))
				at = closing(at + 1, to)
		} else if (t ~ /^(struct|union|enum)$/) {
			tagged = based = 1
			text = text " " t
		} else if (tagged) {
			tagged = 0
			text = text " " t
		} else if (t in basic_words) {
			based = 1
			text = text " " t
		} else if (t ~ /^(const|volatile|__user|__rcu|__iomem|\*|\.\.\.)$/) {
			text = text " " t
			if (t == "...")
				based = 1
		} else if (t == "[") {
			stars = stars " *"
			at = closing(at, to)
			if (!at)
				return ""
		} else if (!based && macro_call_end(at, to)) {
			at = macro_call_end(at, to)
		} else if (t ~ /^[A-Za-z_]/) {
			if (!based)
				text = text " " t
			based = 1
		} else if (t == "(" && based) {
			return function_pointer(spelt(text), at, to)
		} else {
			return ""
		}
	}
	return based ? spelt(text stars) : ""
}

function spelt(text) {
	if (text ~ / unsigned( |$)/ && text !~ / (char|short|int|long)( |$)/)
		sub(/ unsigned/, " unsigned int", text)
	gsub(/\* \*/, "**", text)
	return substr(text, 2)
}

function function_pointer(returns, open, to,    end) {
	end = closing(open, to)
	if (!end || end + 1 > to || token[open + 1] != "*" || token[end + 1] != "(")
		return ""
	open = end + 1
	end = closing(open, to)
	return end ? returns " (*)(" parameters(open + 1, end - 1) ")" : ""
}

function parameters(from, to,    at, start, level, text, one, count) {
	start = from
	for (at = from; at <= to + 1; at++) {
		if (at <= to && token[at] ~ /^[([]$/)
			level++
		else if (at <= to && token[at] ~ /^[])]$/)
			level--
		if (at > to || (token[at] == "," && !level)) {
			one = type_of(start, at - 1)
			if (one == "")
				one = joined(start, at - 1)
			text = text (count++ ? ", " : "") one
			start = at + 1
		}
	}
	return count == 1 && text == "void" ? "" : text
}

function joined(from, to,    text) {
	for (; from <= to; from++)
		text = text (text == "" ? "" : " ") token[from]
	return text
}

# Returns the prototype in FROM..TO whose name is the token AT, or "" if it is not a prototype.
function prototype(from, at, to,    end, returns) {
	end = closing(at + 1, to)
	returns = end ? type_of(from, at - 1) : ""
	if (returns == "")
		return ""
	return returns (returns ~ /\*$/ ? "" : " ") token[at] "(" parameters(at + 2, end - 1) ")"
}

BEGIN {
	words_in(link_words, "extern static inline __inline __inline__ __always_inline noinline asmlinkage register __must_check")
	words_in(link_words, "__init __exit __cold __pure __deprecated __maybe_unused __always_unused __malloc __bpf_kfunc __weak")
	words_in(link_words, "notrace __visible __noreturn __restrict restrict __sched __net_init")
	words_in(call_words, "__attribute__ __printf __alloc_size __releases __acquires")
	words_in(basic_words, "void char short int long float double signed unsigned _Bool")
}

function words_in(set, text,    word, i) {
	for (i = split(text, word, " "); i; i--)
		set[word[i]]
}
