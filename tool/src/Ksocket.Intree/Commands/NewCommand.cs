// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.Reflection;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Commands;

/// <summary>
/// Writes the folder of a driver that works: the sources in tool/new, which are tested as they are, under another name.
/// </summary>
internal static class NewCommand
{
    /// <summary>The name of the driver in tool/new.</summary>
    private const string Model = "kecho";

    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "The folder to write; its name becomes that of the driver",
    };

    public static Verb Create()
    {
        var verb = new Verb("new", "Write the folder of a driver of your own: a TCP server on ksocket, with tests", Run) { Folder };
        verb.Validators.Add(result =>
        {
            var name = Path.GetFileName(result.GetValue(Folder)?.TrimEnd('/') ?? "");
            if (DriverName.FaultOf(name) is { } fault)
            {
                result.AddError($"new: '{name}' is no name for a driver: {fault}");
            }
        });
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var folder = parse.GetValue(Folder)!.TrimEnd('/');
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw IntreeFailure.InTheWay($"{folder} is there already", "name a folder that does not exist");
        }

        var above = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        if (!Directory.Exists(above))
        {
            throw IntreeFailure.NotUnderstood($"{folder}: there is no folder {above}", "create it first, or correct the path");
        }

        var name = Path.GetFileName(folder);
        var files = Sources().Select(file => (Path: Renamed(file.Path, name), Text: Renamed(file.Text, name))).ToList();
        IoFailures.Try(folder, () => Write(folder, files));
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal =>
            {
                terminal.Answer($"{folder}: {files.Count} files of the driver {name}");
                files.ForEach(file => terminal.Answer($"  {terminal.Good("add   ")}  {file.Path}"));
            },
            new NewAnswer(folder, name, [.. files.Select(file => file.Path)]),
            AnswerJson.Default.NewAnswer) with
        {
            Changed = true,
            Advice =
            [
                "", "Next:",
                $"  ksocket-intree prove --all --with {ShellWord.Quote(folder)} TREE",
                $"  ksocket-intree apply --with {ShellWord.Quote(folder)} TREE",
            ],
        };
    }

    /// <summary>All files, or no folder.</summary>
    private static void Write(string folder, IEnumerable<(string Path, string Text)> files)
    {
        var made = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}.tmp");
        try
        {
            foreach (var (path, text) in files)
            {
                var file = Path.Combine(made.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }

            Directory.Move(made.FullName, folder);
        }
        catch
        {
            made.Delete(recursive: true);
            throw;
        }
    }

    private static string Renamed(string text, string name) => string.Join(
        '\n',
        text.Split('\n').Select(line => line.Length > 0 && line.All(c => c == '=')
            ? new string('=', line.Length + name.Length - Model.Length) // under the title of the page
            : line.Replace(Model, name, StringComparison.Ordinal)
                .Replace(Model.ToUpperInvariant(), name.ToUpperInvariant(), StringComparison.Ordinal)));

    private static IEnumerable<(string Path, string Text)> Sources()
    {
        const string prefix = "new:";
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(one => one.StartsWith(prefix, StringComparison.Ordinal)).Order())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[prefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }
}
