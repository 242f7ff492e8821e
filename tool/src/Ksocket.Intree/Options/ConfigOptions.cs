// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Options;

/// <summary>Options that add to the configuration of a kernel that prove builds.</summary>
internal static class ConfigOptions
{
    public static readonly Option<IReadOnlyList<ConfigSetting>?> Set = new("--set")
    {
        HelpName = "CONFIG_X=VALUE",
        Description = "Add this to the smallest configuration: y, m, n, a number or a \"string\"; fails if kconfig drops it. "
            + "May be repeated",
        CustomParser = ReadSettings,
    };

    public static readonly Option<string[]?> Fragments = new("--fragment")
    {
        HelpName = "FILE",
        Description = "Add the settings of this configuration fragment; --set overrides them. May be repeated",
    };

    /// <summary>Rejects a symbol that prove itself sets.</summary>
    public static void Refuse(CommandResult result, IReadOnlyCollection<Form> forms)
    {
        // From the words: the value of an option with a fault cannot be read.
        var words = result.GetResult(Set)?.Tokens.Select(token => token.Value) ?? [];
        foreach (var setting in words.Select(word => ConfigSetting.TryRead(word, out _)).OfType<ConfigSetting>())
        {
            if (OwnerOf(setting, forms) is { } form)
            {
                result.AddError($"--set {setting}: prove itself sets CONFIG_{setting.Symbol} for the form '{form.Title()}'");
            }
        }
    }

    /// <summary>The settings of all fragments and options, each symbol once, with its last value.</summary>
    public static IReadOnlyList<ConfigSetting> Read(ParseResult parse, IReadOnlyCollection<Form> forms)
    {
        var settings = new OrderedDictionary<string, ConfigSetting>();
        var fragments = (parse.GetValue(Fragments) ?? []).SelectMany(path => ReadFragment(path, forms));
        foreach (var setting in fragments.Concat(parse.GetValue(Set) ?? []))
        {
            settings[setting.Symbol] = setting;
        }

        return [.. settings.Values];
    }

    private static List<ConfigSetting> ReadSettings(ArgumentResult result)
    {
        var settings = new List<ConfigSetting>();
        foreach (var word in result.Tokens.Select(token => token.Value))
        {
            var setting = ConfigSetting.TryRead(word, out var fault);
            if (setting is null || word.StartsWith('#'))
            {
                result.AddError(setting is null ? $"--set: {fault}" : $"--set: '{word}' is not CONFIG_NAME=VALUE");
                break;
            }

            settings.Add(setting);
        }

        return settings;
    }

    private static List<ConfigSetting> ReadFragment(string path, IReadOnlyCollection<Form> forms)
    {
        var lines = File.Exists(path) ? IoFailures.Try(path, () => File.ReadAllLines(path))
            : throw IntreeFailure.NotUnderstood($"--fragment {path}: no such file", "pass a file of lines such as CONFIG_COREDUMP=y");
        var settings = new List<ConfigSetting>();
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].TrimEnd();
            var setting = ConfigSetting.TryRead(line, out var fault);
            if (setting is null && line.Length > 0 && !line.StartsWith('#'))
            {
                throw IntreeFailure.NotUnderstood(
                    $"--fragment {path}:{number}: {fault}",
                    "a configuration fragment has lines of the form CONFIG_X=VALUE, '# CONFIG_X is not set', and comments");
            }

            if (setting is not null && OwnerOf(setting, forms) is { } form)
            {
                throw IntreeFailure.NotUnderstood(
                    $"--fragment {path}:{number}: prove itself sets CONFIG_{setting.Symbol} for the form '{form.Title()}'",
                    "remove the line");
            }

            if (setting is not null)
            {
                settings.Add(setting);
            }
        }

        return settings;
    }

    private static Form? OwnerOf(ConfigSetting setting, IReadOnlyCollection<Form> forms) =>
        forms.Where(form => Fragment.SymbolsOf(form).Contains(setting.Symbol)).Cast<Form?>().FirstOrDefault();
}
