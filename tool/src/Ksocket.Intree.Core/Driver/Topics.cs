// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// The patches of a driver: its own messages, and for what they leave out those that its Kconfig gives: the subject is the
/// prompt of its entry, the text is the help.
/// </summary>
public sealed class Topics
{
    private static readonly string[] Usual = ["driver", "tests", "samples", "docs"];

    private readonly TreePath _folder;

    /// <param name="folder">Where the driver lands.</param>
    /// <param name="files">Its files as they land.</param>
    /// <param name="written">The messages of its folder.</param>
    internal Topics(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files, ImmutableArray<Topic> written)
    {
        _folder = folder;
        All = written;
        var missing = Usual.Where(name => All.All(topic => topic.Name != name)).Select(name => Default(name, files)).ToList();
        All = [.. All.Concat(missing.OfType<Topic>()).OrderBy(Rank)];
    }

    /// <summary>Every topic, in the order of a series: each patch builds on those before it.</summary>
    public ImmutableArray<Topic> All { get; }

    /// <summary>The topic that adds the file at this path.</summary>
    public Topic Of(TreePath landed) =>
        All.FirstOrDefault(topic => topic.Files.Any(file => _folder / file == landed))
        ?? Named(Landing.PartOf(landed) switch
        {
            Part.Samples => "samples",
            Part.Docs => "docs",
            _ => landed.IsBelow(_folder / "tests") || landed.IsNamed(".kunitconfig") ? "tests" : "driver",
        });

    /// <summary>The topic that adds a hook: that of its part, and for MAINTAINERS the one with the first new files.</summary>
    public Topic Of(Hook hook) => hook.Kind == HookKind.Maintainers ? All[0] : All.First(topic => topic.Part == hook.Part);

    private static int Rank(Topic topic) => topic.Part switch
    {
        Part.Samples => 2,
        Part.Docs => 3,
        _ => topic.Name == "driver" ? 0 : 1,
    };

    private Topic Named(string name) => All.FirstOrDefault(topic => topic.Name == name) ?? All[0];

    private Topic? Default(string name, IReadOnlyDictionary<TreePath, ByteString> files)
    {
        var own = _folder.Name;
        return name switch
        {
            "driver" => new(name, Part.Driver, $"{own}: add {Prompt(files) ?? "a driver"}", Help(files)),
            "tests" when files.Keys.Any(path => path.IsBelow(_folder / "tests")) => new(
                name,
                Part.Driver,
                $"{own}: add KUnit tests",
                files.ContainsKey(_folder / ".kunitconfig") ? $"  ./tools/testing/kunit/kunit.py run --kunitconfig {_folder}\n" : ""),
            "samples" when files.Keys.Any(path => path.IsBelow("samples")) => new(name, Part.Samples, $"samples: {own}: add samples", ""),
            "docs" when files.Keys.Any(path => path.IsBelow("Documentation")) => new(
                name, Part.Docs, $"Documentation: describe {own}", ""),
            _ => null,
        };
    }

    private string? Prompt(IReadOnlyDictionary<TreePath, ByteString> files) =>
        !files.TryGetValue(_folder / "Kconfig", out var kconfig) ? null
        : KconfigFile.Read(_folder / "Kconfig", kconfig).Statements
            .Where(statement => statement.Keyword is KconfigKeyword.Tristate or KconfigKeyword.Bool && !statement.Argument.IsEmpty)
            .Select(statement => statement.Argument.ToString().Split('"').ElementAtOrDefault(1))
            .FirstOrDefault();

    /// <summary>
    /// The lines of the first help text, without their indentation, up to one that git am would take for the start of a patch.
    /// </summary>
    private string Help(IReadOnlyDictionary<TreePath, ByteString> files)
    {
        if (!files.TryGetValue(_folder / "Kconfig", out var kconfig))
        {
            return "";
        }

        var help = ByteLines.Of(kconfig).SkipWhile(line => !line.Bytes.Trim().Equals("help"u8)).Skip(1)
            .TakeWhile(line => line.IsBlank || line.Bytes.StartsWith("\t"u8) || line.Bytes.StartsWith(" "u8))
            .Select(line => line.Bytes.Trim().ToString())
            .TakeWhile(line => !IntreeFile.StartsPatch(line)).ToList();
        return string.Concat(help.Take(help.FindLastIndex(line => line.Length > 0) + 1).Select(line => line + "\n"));
    }
}
