// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Kbuild;

namespace Ksocket.Intree.Core.Driver;

/// <summary>The Kconfig symbols that a driver defines, without CONFIG_.</summary>
public static class DriverSymbols
{
    /// <summary>Those of the driver itself, without its samples.</summary>
    public static IReadOnlyList<string> In(DriverSource driver) => DefinedBy(Statements(driver));

    /// <summary>Those of all parts, each once.</summary>
    public static IReadOnlyList<string> InAllParts(DriverSource driver) => DefinedBy(
        driver.Files.Where(file => file.Path.IsNamed("Kconfig"))
            .SelectMany(file => KconfigFile.Read(file.Path, file.Bytes).Statements));

    /// <summary>Whether a symbol may be m; false also for one that the driver does not define.</summary>
    public static bool IsTristate(DriverSource driver, string symbol) => Statements(driver)
        .SkipWhile(statement => !statement.Defines(symbol)).Skip(1)
        .TakeWhile(statement => !statement.Keyword.StartsEntry())
        .Any(statement => statement.Keyword == KconfigKeyword.Tristate || statement.Line.Bare.Trim().StartsWith("def_tristate"u8));

    private static List<string> DefinedBy(IEnumerable<KconfigStatement> statements) =>
        [.. statements.Where(statement => statement.Keyword.DefinesOne()).Select(statement => statement.Argument.ToString()).Distinct()];

    /// <summary>All statements of its Kconfig files, file by file.</summary>
    internal static IEnumerable<KconfigStatement> Statements(DriverSource driver) =>
        from file in driver.Files
        where file.Path.IsNamed("Kconfig") && file.Part == Part.Driver
        from statement in KconfigFile.Read(file.Path, file.Bytes).Statements
        select statement;
}
