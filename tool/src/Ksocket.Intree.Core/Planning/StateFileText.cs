// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The JSON of a state file as this release writes it; format 1 had no bases, format 2 no drivers.</summary>
internal sealed record StateJson(
    int Format,
    string? Driver,
    SortedDictionary<string, string?>? Files,
    SortedDictionary<string, string?>? Bases,
    SortedDictionary<string, ConfigLine?>? Config,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Output = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SortedDictionary<string, ConfigLine?>? Defconfigs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SortedDictionary<string, DriverJson?>? Drivers = null);

/// <summary>A driver of the user, by its folder; new in format 3.</summary>
internal sealed record DriverJson(
    string? Hash,
    IReadOnlyList<string?>? Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Maintainers = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SortedDictionary<string, ConfigLine?>? Defconfigs = null);

/// <summary>Writes a state file and reads one back. The file is JSON (RFC 8259) in UTF-8.</summary>
internal static class StateFileText
{
    /// <summary>Of a tree without drivers of the user, which every release reads.</summary>
    private const int Usual = 2;

    private const int WithDrivers = 3;
    private const int HashLength = 64;

    public static ByteString Write(StateFile state)
    {
        var json = new StateJson(
            state.Drivers.IsEmpty ? Usual : WithDrivers,
            state.Driver,
            new(state.Files.ToDictionary(file => file.Key.ToString(), file => (string?)file.Value.Hash), StringComparer.Ordinal),
            new(
                state.Files.Where(file => file.Value.Packed is not null)
                    .ToDictionary(file => file.Key.ToString(), file => file.Value.Packed),
                StringComparer.Ordinal),
            new(state.Config.ToDictionary(line => line.Key, line => (ConfigLine?)line.Value), StringComparer.Ordinal),
            state.Output,
            JsonOf(state.Defconfigs),
            state.Drivers.IsEmpty
                ? null
                : new(
                    state.Drivers.ToDictionary(one => one.Key.ToString(), one => (DriverJson?)JsonOf(one.Value)),
                    StringComparer.Ordinal));
        return new ByteString((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(json, StateFileJson.Default.StateJson), (byte)'\n']);
    }

    private static DriverJson JsonOf(RecordedDriver driver) =>
        new(driver.Hash, [.. driver.Files.Select(path => path.ToString())], driver.Maintainers, JsonOf(driver.Defconfigs));

    private static SortedDictionary<string, ConfigLine?>? JsonOf(ImmutableSortedDictionary<TreePath, ConfigLine> lines) => lines.IsEmpty
        ? null
        : new(lines.ToDictionary(line => line.Key.ToString(), line => (ConfigLine?)line.Value), StringComparer.Ordinal);

    /// <param name="name">The file's name in messages.</param>
    public static StateFile Read(string name, ByteString bytes)
    {
        try
        {
            var json = JsonSerializer.Deserialize(bytes.Span, StateFileJson.Default.StateJson)
                ?? throw new FormatException("it is null");
            return json.Format is >= 1 and <= WithDrivers
                ? Check(json)
                : throw new FormatException($"its format is {json.Format}, and this release reads 1 to {WithDrivers}");
        }
        catch (JsonException error)
        {
            throw Damaged($"{name}:{error.LineNumber + 1}", $"not a state file of ksocket-intree: {Reason(error)}");
        }
        catch (FormatException error)
        {
            throw Damaged(name, DriverFolder.Printable(error.Message));
        }
    }

    private static StateFile Check(StateJson json)
    {
        if (json.Format < WithDrivers && json.Drivers is not null)
        {
            throw new FormatException($"it has 'drivers', and its format is {json.Format}: they are new in {WithDrivers}");
        }

        var drivers = CheckDrivers(json.Drivers ?? []);
        var theirs = drivers.Values.SelectMany(driver => driver.Files).ToHashSet();
        var files = ImmutableSortedDictionary.CreateBuilder<TreePath, WrittenFile>();
        foreach (var (name, hash) in json.Files ?? throw new FormatException("it has no 'files'"))
        {
            if (TreePath.TryParse(ByteString.OfText(name)) is not { } path || !(DriverSource.Bundled.Owns(path) || theirs.Contains(path)))
            {
                throw new FormatException($"it names '{name}', which no release of ksocket-intree writes");
            }

            var written = IsHash(hash) ? hash! : throw new FormatException($"'{hash}' for {name} is not a SHA-256");
            files.Add(path, new WrittenFile(written, json.Bases?.GetValueOrDefault(name)));
        }

        var config = ImmutableSortedDictionary.CreateBuilder<string, ConfigLine>(StringComparer.Ordinal);
        foreach (var (symbol, line) in json.Config ?? [])
        {
            config.Add(symbol, line is { After: not null } && IsLineOf(line.After, symbol) && IsNullOrLineOf(line.Before, symbol)
                ? line
                : throw new FormatException($"its 'config' entry for '{symbol}' is not a line for that symbol"));
        }

        var state = new StateFile(json.Driver ?? throw new FormatException("it has no 'driver'"), files.ToImmutable(), config.ToImmutable())
        {
            Output = json.Output is null || IsFolder(json.Output) ? json.Output
                : throw new FormatException("its 'output' is not the full path of a folder"),
            Defconfigs = CheckDefconfigs(json.Defconfigs ?? [], DriverSource.Bundled.Symbol),
            Drivers = drivers,
        };
        return drivers.Select(driver => driver.Value.FaultIn(driver.Key, state)).OfType<string>().FirstOrDefault() is { } fault
            ? throw new FormatException(fault)
            : state;
    }

    private static ImmutableSortedDictionary<TreePath, RecordedDriver> CheckDrivers(SortedDictionary<string, DriverJson?> drivers)
    {
        var recorded = ImmutableSortedDictionary.CreateBuilder<TreePath, RecordedDriver>();
        foreach (var (name, driver) in drivers)
        {
            if (TreePath.TryParse(ByteString.OfText(name)) is not { } folder || !DriverFolder.IsPlace(folder))
            {
                throw new FormatException($"'{name}' is no place for a driver");
            }

            var files = (driver?.Files ?? throw new FormatException($"its driver {name} has no 'files'"))
                .Select(file => file is not null
                    && TreePath.TryParse(ByteString.OfText(file)) is { } path
                    && Landing.CouldLand(folder, path)
                    && DriverFolder.FaultOfName(path) is null
                    ? path
                    : throw new FormatException($"its driver {name} names '{file}', where no driver of that folder lands"));
            var hash = IsHash(driver.Hash) ? driver.Hash! : throw new FormatException($"'{driver.Hash}' for {name} is not a SHA-256");
            recorded.Add(folder, new(hash, [.. files], driver.Maintainers)
            {
                Defconfigs = CheckDefconfigs(driver.Defconfigs ?? [], symbol: null),
            });
        }

        return recorded.ToImmutable();
    }

    /// <param name="symbol">The symbol of the lines; null for that which the line itself names.</param>
    private static ImmutableSortedDictionary<TreePath, ConfigLine> CheckDefconfigs(
        SortedDictionary<string, ConfigLine?> defconfigs, string? symbol)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<TreePath, ConfigLine>();
        foreach (var (name, line) in defconfigs)
        {
            if (TreePath.TryParse(ByteString.OfText(name)) is not { } path || !Defconfig.IsPlace(path) || name.Any(char.IsControl))
            {
                throw new FormatException($"it names '{name}', which is not a defconfig");
            }

            var own = symbol ?? (line?.After is { } after ? DotConfig.SymbolOf(ByteString.OfText(after))?.TryToText() : null) ?? "";
            lines.Add(path, line is { After: not null } && IsLineOf(line.After, own) && IsNullOrLineOf(line.Before, own)
                ? line
                : throw new FormatException($"its entry for {name} is not a line for {(own.Length > 0 ? $"CONFIG_{own}" : "a symbol")}"));
        }

        return lines.ToImmutable();
    }

    /// <summary>It is printed, so it has no control characters.</summary>
    private static bool IsFolder(string path) => path.StartsWith('/') && !path.Any(char.IsControl);

    private static bool IsHash(string? text) => text?.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static bool IsNullOrLineOf(string? line, string symbol) => line is null || IsLineOf(line, symbol);

    private static bool IsLineOf(string line, string symbol) =>
        !line.Contains('\n', StringComparison.Ordinal)
        && symbol.Length > 0
        && symbol.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && DotConfig.SymbolOf(ByteString.OfText(line)) == ByteString.OfText(symbol);

    /// <summary>The first sentence; the rest repeats the line and names internal types.</summary>
    private static string Reason(JsonException error) => error.Message.Split(" Path: ")[0].TrimEnd('.', ' ', '|');

    private static IntreeFailure Damaged(string place, string why) => IntreeFailure.NotUnderstood(
        $"{place}: {why}",
        "delete that file: the tree keeps its contents; lost are the merge bases of refresh, the lines from before --config and "
        + "--defconfig, and what remove --with NAME needs of drivers of your own");
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StateJson))]
internal sealed partial class StateFileJson : JsonSerializerContext;
