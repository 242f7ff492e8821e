// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core.Declarations;

namespace Ksocket.Intree.Testing;

/// <summary>
/// Writes declarations as a kernel header does: parameter names, line breaks, guards, attributes, members in their structure.
/// </summary>
public static class HeaderText
{
    public static string Of(IEnumerable<Wanted> declarations)
    {
        var text = new StringBuilder("""
            /* SPDX-License-Identifier: GPL-2.0 */
            #ifndef _LITERAL_H
            #define _LITERAL_H
            #include <linux/types.h>


            """);
        foreach (var wanted in declarations.OrderBy(wanted => wanted.Name, StringComparer.Ordinal))
        {
            text.Append(Declare(wanted)).Append('\n');
        }

        return text.Append("#endif\n").ToString();
    }

    private static string Declare(Wanted wanted) => wanted.Name.Split('.') switch
    {
        [var structure, var member] => $"struct {structure} {{\n\tint family;\n\t{Member(wanted.Text, member)};\n}};\n",
        _ when wanted.Text.StartsWith("#define ", StringComparison.Ordinal) => $"{wanted.Text} 0xf\n",
        _ when wanted.Text.StartsWith("typedef ", StringComparison.Ordinal) => $"typedef struct {{\n\tvoid *kernel;\n}} {wanted.Name};\n",
        _ => $"{WithNames(wanted.Text)};\n",
    };

    private static string Member(string type, string name) =>
        type.Contains("(*)", StringComparison.Ordinal) ? type.Replace("(*)", $"(*{name})", StringComparison.Ordinal) : $"{type} {name}";

    /// <summary>Gives every parameter a name and the list a line break.</summary>
    private static string WithNames(string prototype)
    {
        var open = prototype.IndexOf('(', StringComparison.Ordinal);
        var types = prototype[(open + 1)..^1].Split(", ");
        var parameters = types.Select((type, at) => type.Length == 0 ? "void" : $"{type} arg{at}");
        return $"extern {prototype[..(open + 1)]}{string.Join(",\n\t\t", parameters)})";
    }
}
