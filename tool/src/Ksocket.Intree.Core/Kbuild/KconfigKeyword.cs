// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The first word of a Kconfig statement (Documentation/kbuild/kconfig-language.rst), as far as it matters here.</summary>
public enum KconfigKeyword
{
    /// <summary>Any other word: an attribute of the entry above it.</summary>
    Other,
    Config,
    MenuConfig,
    Menu,
    EndMenu,
    If,
    EndIf,
    Choice,
    EndChoice,
    Comment,
    Source,

    /// <summary>A source that may be missing; rsource is relative to its own file, orsource both. Not in mainline's kconfig.</summary>
    OSource,
    RSource,
    ORSource,
    Help,
    Depends,
    Select,
    Bool,
    Tristate,
}

public static class KconfigKeywords
{
    public static KconfigKeyword Of(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("config"u8) ? KconfigKeyword.Config
        : word.SequenceEqual("menuconfig"u8) ? KconfigKeyword.MenuConfig
        : word.SequenceEqual("menu"u8) ? KconfigKeyword.Menu
        : word.SequenceEqual("endmenu"u8) ? KconfigKeyword.EndMenu
        : word.SequenceEqual("if"u8) ? KconfigKeyword.If
        : word.SequenceEqual("endif"u8) ? KconfigKeyword.EndIf
        : word.SequenceEqual("choice"u8) ? KconfigKeyword.Choice
        : word.SequenceEqual("endchoice"u8) ? KconfigKeyword.EndChoice
        : word.SequenceEqual("comment"u8) ? KconfigKeyword.Comment
        : word.SequenceEqual("source"u8) ? KconfigKeyword.Source
        : word.SequenceEqual("osource"u8) ? KconfigKeyword.OSource
        : word.SequenceEqual("rsource"u8) ? KconfigKeyword.RSource
        : word.SequenceEqual("orsource"u8) ? KconfigKeyword.ORSource
        : word.SequenceEqual("help"u8) || word.SequenceEqual("---help---"u8) ? KconfigKeyword.Help
        : word.SequenceEqual("depends"u8) ? KconfigKeyword.Depends
        : word.SequenceEqual("select"u8) ? KconfigKeyword.Select
        : word.SequenceEqual("bool"u8) ? KconfigKeyword.Bool
        : word.SequenceEqual("tristate"u8) ? KconfigKeyword.Tristate
        : KconfigKeyword.Other;

    public static string Word(this KconfigKeyword keyword) => keyword.ToString().ToLowerInvariant();

    public static bool Opens(this KconfigKeyword keyword) => keyword is KconfigKeyword.Menu or KconfigKeyword.If or KconfigKeyword.Choice;

    /// <summary>The keyword of the block that this one closes; null if it closes none.</summary>
    public static KconfigKeyword? Closes(this KconfigKeyword keyword) => keyword switch
    {
        KconfigKeyword.EndMenu => KconfigKeyword.Menu,
        KconfigKeyword.EndIf => KconfigKeyword.If,
        KconfigKeyword.EndChoice => KconfigKeyword.Choice,
        _ => null,
    };

    /// <summary>Whether it includes other files.</summary>
    public static bool IsSource(this KconfigKeyword keyword) =>
        keyword is KconfigKeyword.Source or KconfigKeyword.OSource or KconfigKeyword.RSource or KconfigKeyword.ORSource;

    /// <summary>Whether it ends the entry above it.</summary>
    public static bool StartsEntry(this KconfigKeyword keyword) =>
        keyword is not (KconfigKeyword.Other
            or KconfigKeyword.Help
            or KconfigKeyword.Depends
            or KconfigKeyword.Select
            or KconfigKeyword.Bool
            or KconfigKeyword.Tristate);
}
