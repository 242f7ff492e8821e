// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>The option table of ksocket.rst has a row for every option that the driver handles by name.</summary>
public partial class DocumentedOptionTests
{
    private sealed record Row(string Level, string Option, string Set, string Fields, string Module);

    private const string Refused = "-EOPNOTSUPP";

    private static readonly List<Row> Table = [.. Rows()];

    [Theory]
    [InlineData("ksocket_is_plain_option", "option_kind.c", "yes")]
    [InlineData("ksocket_socket_field", "getsockopt_module/sock_fields.c", "yes")]
    public void The_socket_level_has_a_row_for_every_option_that_is_answered(string function, string file, string module)
    {
        var byFields = file.EndsWith("sock_fields.c", StringComparison.Ordinal);
        var answered = Table.Where(row => row.Level == "SOL_SOCKET" && row.Module == module && (!byFields || row.Fields == "yes"));
        Assert.Equal(Sorted(Cases(file, function)), Sorted(answered.Select(row => row.Option)));
    }

    [Theory]
    [InlineData("IPPROTO_TCP", "ksocket_tcp_field")]
    [InlineData("IPPROTO_IP", "ksocket_ip_field")]
    [InlineData("IPPROTO_IPV6", "ksocket_ipv6_field")]
    public void The_other_levels_have_a_row_for_every_field_that_is_read(string level, string function)
    {
        var answered = Table.Where(row => row.Level == level && row.Fields == "yes").Select(row => row.Option);
        string[] apart = level == "IPPROTO_TCP" ? ["TCP_INFO"] : [];
        Assert.Equal(Sorted([.. Cases("protocol_fields.c", function), .. apart]), Sorted(answered));
    }

    [Fact]
    public void Options_that_point_to_user_memory_cannot_be_set()
    {
        var refused = Table.Where(row => row.Set == Refused);
        Assert.All(refused, row => Assert.Equal((Refused, Refused), (row.Fields, row.Module)));
        Assert.Equal(Sorted(Names(Body("option_kind.c", "ksocket_is_user_option"))), Sorted(refused.Select(row => row.Option)));
    }

    [Fact]
    public void Every_row_is_shown_by_the_suite_that_goes_through_the_table()
    {
        var shown = Names(File.ReadAllText(Repository.PathOf("drivers-ksocket/tests/table_kunit.c")));
        Assert.All(Table, row => Assert.Contains(row.Option, shown));
    }

    private static List<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    /// <summary>sock_fields.c handles some options before it reads a field, so all its case labels count.</summary>
    private static IEnumerable<string> Cases(string file, string function) =>
        Case()
            .Matches(file.EndsWith("sock_fields.c", StringComparison.Ordinal) ? Text(file) : Body(file, function))
            .Select(found => found.Groups[1].Value);

    private static HashSet<string> Names(string text) => [.. Option().Matches(text).Select(found => found.Value)];

    private static string Text(string file) => File.ReadAllText(Repository.PathOf($"drivers-ksocket/{file}"));

    private static string Body(string file, string function)
    {
        var text = Text(file);
        var start = text.IndexOf($"{function}(", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{file} has no {function}()");
        return text[start..text.IndexOf("\n}\n", start, StringComparison.Ordinal)];
    }

    /// <summary>One entry per option: a row may name two, and inherits its level.</summary>
    private static IEnumerable<Row> Rows()
    {
        var level = "";
        foreach (var line in File.ReadAllLines(Repository.PathOf("drivers-ksocket/Documentation/networking/ksocket.rst")))
        {
            if (TableLine().Match(line) is not { Success: true } cells)
            {
                continue;
            }

            level = cells.Groups[1].Value == "\\" ? level : cells.Groups[1].Value;
            foreach (var option in cells.Groups[2].Value.Split(", "))
            {
                yield return new Row(level, option, cells.Groups[3].Value, cells.Groups[4].Value, cells.Groups[5].Value);
            }
        }
    }

    [GeneratedRegex(
        @"^(\\|SOL_SOCKET|IPPROTO_\w+) +((?:SO|TCP|IP|IPV6)_\w+(?:, \w+)*)" +
        " +(yes|no|-EOPNOTSUPP) +(yes|-EOPNOTSUPP) +(yes|-EOPNOTSUPP) +(?:yes|-EOPNOTSUPP)$")]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^\tcase (\w+):$", RegexOptions.Multiline)]
    private static partial Regex Case();

    [GeneratedRegex(@"\b(SO|TCP|IP|IPV6)_[A-Z][A-Z0-9_]+\b")]
    private static partial Regex Option();
}
