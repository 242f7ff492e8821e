// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Options;

/// <summary>Options of prove for a test of the user.</summary>
internal static class TestOptions
{
    /// <summary>A limit for the file of a test; a device has no end.</summary>
    private const int MostBytes = 64 << 20;

    public static readonly Option<string?> Init = new("--init")
    {
        HelpName = "FILE",
        Description = "Instead of the samples, boot this test: a script for prove's /init, or a static program; see tool/docs/own-test.md",
    };

    public static readonly Option<string[]?> Modules = new("--test-module")
    {
        HelpName = "DIR",
        Description = "With --init: build the modules of this folder and put them into / of the boot; may be repeated",
    };

    public static void Refuse(CommandResult result, IEnumerable<Option> otherForms)
    {
        if (result.GetValue(Init) is null)
        {
            if (result.GetResult(Modules) is { Implicit: false })
            {
                result.AddError("--test-module needs --init, the test that uses the module");
            }

            return;
        }

        foreach (var option in otherForms.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"--init and {option.Name} exclude each other: run prove once for each");
        }
    }

    /// <summary>Rejects options that need a boot, for an architecture that is not booted.</summary>
    public static void RefuseIfNotBooted(CommandResult result, Option<Arch?> on, IEnumerable<Option> ofBoots)
    {
        var word = result.GetResult(on)?.Tokens is [var token] ? token.Value : "";
        if (Arch.All.FirstOrDefault(arch => arch.Name == word) is { IsBooted: false } arch
            && ofBoots.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option)
        {
            result.AddError($"{option.Name} and --arch {arch} exclude each other: {option.Name} needs a boot, and {arch} is not booted");
        }
    }

    /// <summary>The test, or null if there is none.</summary>
    public static OwnTest? Read(ParseResult parse)
    {
        if (parse.GetValue(Init) is not { } path)
        {
            return null;
        }

        if (!File.Exists(path))
        {
            throw IntreeFailure.NotUnderstood($"--init {path}: no such file", "pass a script of commands, or a static program");
        }

        var bytes = IoFailures.Try(path, () =>
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MostBytes];
            return bytes[..file.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false)];
        });
        if (bytes.Length is 0 or MostBytes)
        {
            throw IntreeFailure.NotUnderstood(
                $"--init {path} is {(bytes.Length == 0 ? "empty" : "larger than 64 MiB")}",
                "pass a script of commands, or a static program");
        }

        return new OwnTest(bytes, [.. (parse.GetValue(Modules) ?? []).Select(Folder)]);
    }

    private static string Folder(string path)
    {
        var folder = Path.GetFullPath(path).TrimEnd('/');
        string[] makefiles = ["Makefile", "Kbuild"];
        return Array.Exists(makefiles, name => File.Exists(Path.Combine(folder, name))) ? folder : throw IntreeFailure.NotUnderstood(
            $"--test-module {path}: there is no Makefile in it", "pass the folder of a module, with a line such as obj-m := mytest.o");
    }
}
