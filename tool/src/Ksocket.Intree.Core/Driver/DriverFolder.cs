// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>Reads a driver from its folder: one of the file system, or of a commit. What is not part of it stays there.</summary>
public static class DriverFolder
{
    /// <summary>The folders of a kernel that drivers are added to, directly or further below.</summary>
    private static readonly string[] Tops =
        ["block", "crypto", "drivers", "fs", "ipc", "kernel", "lib", "mm", "net", "security", "sound", "virt"];

    /// <summary>The state file holds what was written, and is read whole; the largest driver of a kernel has 20 MiB.</summary>
    private const int MostBytes = 32 << 20;

    /// <param name="folder">The folder.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="place">Where it lands; null for what its intree file says, or else drivers/ with the name of the folder.</param>
    /// <param name="proposed">The name of the folder.</param>
    public static DriverSource Read(KernelTree folder, string name, TreePath? place, string proposed)
    {
        var entries = folder.EntriesBelow(TreePath.Top).Where(path => !LeftOut.Contains(path)).ToList();
        var unnamed = entries.Where(path => FaultOfName(path) is not null).ToList();
        var odd = entries.Except(unnamed).Where(path => folder.KindOf(path) != EntryKind.File).ToList();
        var files = entries.Except(unnamed).Except(odd).ToImmutableSortedDictionary(path => path, folder.Read);
        var words = files.TryGetValue(IntreeFile.Name, out var text) ? IntreeFile.Read($"{name}/{IntreeFile.Name}", text) : IntreeFile.None;
        var source = place is null && words.Place is not null ? $"{name}/{IntreeFile.Name}:{PlaceLine(text)}" : name;
        var landing = Landing.Of(Place(source, place ?? words.Place, proposed), files);
        ImmutableArray<string> faults =
        [
            .. unnamed.Select(path => $"{Printable(path.ToString())}: {FaultOfName(path)}"),
            .. odd.Select(path => NotAFile(folder, path)),
            .. Faults(landing, files),
            .. Unlisted(landing, files),
            .. files.Values.Sum(file => (long)file.Length) is var bytes and > MostBytes
                ? [$"it has {bytes} bytes of files, and a driver may have {MostBytes}; name the folder of the sources alone"]
                : (string[])[],
        ];
        return faults is [] ? WithOneLineEach(name, new DriverSource(landing.Folder, files)) : throw new IntreeFailure(
            FailureKind.NotUnderstood,
            faults is [var only] ? $"{name}: {only}" : $"{name} cannot be wired into a tree, for {faults.Length} reasons",
            "nothing was changed; tool/docs/drivers.md says what a driver's folder has")
        {
            Details = faults is [_] ? [] : faults,
        };
    }

    /// <summary>A plan has one change for each file of the tree that it wires a driver in.</summary>
    private static DriverSource WithOneLineEach(string name, DriverSource driver) =>
        driver.Hooks.GroupBy(hook => hook.Path).FirstOrDefault(group => group.Count() > 1) is not { } twice ? driver
            : throw IntreeFailure.NotUnderstood(
                $"{name}: {twice.Key} would get {twice.Count()} entries of {driver.Name}, and a driver has one in a file",
                "have one page in each folder below Documentation, and one folder below samples");

    /// <summary>The entry of MAINTAINERS is found again by the folder that it lists.</summary>
    private static IEnumerable<string> Unlisted(Landing landing, ImmutableSortedDictionary<TreePath, ByteString> files) =>
        files.TryGetValue("MAINTAINERS", out var entry)
            && !ByteLines.Of(entry).Any(line => line.Text.StartsWith($"F:\t{landing.Folder}/", StringComparison.Ordinal))
            ? [$"MAINTAINERS: no line 'F:\t{landing.Folder}/', and the driver lands there"]
            : [];

    private static string NotAFile(KernelTree folder, TreePath path) => folder.KindOf(path) == EntryKind.Link
        ? $"{path}: a symbolic link to {Printable(folder.ReadLink(path).ToString())}; a driver has only files"
        : $"{path}: a special file or another repository; a driver has only files";

    private static ImmutableArray<string> Faults(Landing landing, IReadOnlyDictionary<TreePath, ByteString> files)
    {
        var landed = files.Where(file => landing.Of(file.Key, ImmutableHashSet<string>.Empty)?.Path.IsBelow(landing.Folder) == true)
            .ToDictionary(file => file.Key, file => file.Value);
        return [.. DriverFaults.In(landed, Hooks.MakefileIn(TreePath.Top, landed))];
    }

    /// <summary>The line of an intree file that decides; a place that is in it.</summary>
    private static int PlaceLine(ByteString words) => ByteLines.Of(words).Last(line => line.Bytes.StartsWith("place: "u8)).Number;

    /// <param name="name">What names the place, for messages.</param>
    private static TreePath Place(string name, TreePath? named, string proposed)
    {
        if (named is null && !IsName(proposed))
        {
            throw IntreeFailure.NotUnderstood(
                $"{name}: '{proposed}' is no name for a folder of a kernel",
                $"say where it goes: {name}:drivers/NAME");
        }

        var place = named ?? new TreePath("drivers") / proposed;
        return IsPlace(place)
            ? place
            : throw IntreeFailure.NotUnderstood(
                $"{name}: '{place}' is no place for a driver{(IsBundled(place) ? ": ksocket lands there" : "")}",
                $"name a folder below one of {string.Join(", ", Tops)}, such as drivers/net/{proposed}");
    }

    /// <summary>Whether a driver of the user can land in this folder; that of ksocket is taken.</summary>
    public static bool IsPlace(TreePath place) => place.ToString().Split('/') is [var top, _, ..] names
        && Tops.Contains(top)
        && names.All(IsName)
        && !IsBundled(place);

    /// <summary>What is wrong with the name of a file; null for nothing. The state file is text, and names are printed.</summary>
    public static string? FaultOfName(TreePath path) => path.Bytes.TryToText() is not { } text ? "the name is not UTF-8"
        : text.Any(char.IsControl) ? "the name has a control character"
        : null;

    /// <summary>For a message about a name or a link that may have control characters.</summary>
    internal static string Printable(string name) =>
        string.Concat(name.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : $"{c}"));

    private static bool IsBundled(TreePath place) =>
        place == DriverSource.Bundled.Folder || place.IsBelow(DriverSource.Bundled.Folder);

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
