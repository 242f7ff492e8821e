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
    /// <summary>By the first letter, for speed.</summary>
    public static KconfigKeyword Of(ReadOnlySpan<byte> word) => (word.IsEmpty ? default : word[0]) switch
    {
        (byte)'b' when word.SequenceEqual("bool"u8) => KconfigKeyword.Bool,
        (byte)'c' when word.SequenceEqual("config"u8) => KconfigKeyword.Config,
        (byte)'c' when word.SequenceEqual("choice"u8) => KconfigKeyword.Choice,
        (byte)'c' when word.SequenceEqual("comment"u8) => KconfigKeyword.Comment,
        (byte)'d' when word.SequenceEqual("depends"u8) => KconfigKeyword.Depends,
        (byte)'e' when word.SequenceEqual("endif"u8) => KconfigKeyword.EndIf,
        (byte)'e' when word.SequenceEqual("endmenu"u8) => KconfigKeyword.EndMenu,
        (byte)'e' when word.SequenceEqual("endchoice"u8) => KconfigKeyword.EndChoice,
        (byte)'h' when word.SequenceEqual("help"u8) => KconfigKeyword.Help,
        (byte)'-' when word.SequenceEqual("---help---"u8) => KconfigKeyword.Help,
        (byte)'i' when word.SequenceEqual("if"u8) => KconfigKeyword.If,
        (byte)'m' when word.SequenceEqual("menu"u8) => KconfigKeyword.Menu,
        (byte)'m' when word.SequenceEqual("menuconfig"u8) => KconfigKeyword.MenuConfig,
        (byte)'o' when word.SequenceEqual("osource"u8) => KconfigKeyword.OSource,
        (byte)'o' when word.SequenceEqual("orsource"u8) => KconfigKeyword.ORSource,
        (byte)'r' when word.SequenceEqual("rsource"u8) => KconfigKeyword.RSource,
        (byte)'s' when word.SequenceEqual("source"u8) => KconfigKeyword.Source,
        (byte)'s' when word.SequenceEqual("select"u8) => KconfigKeyword.Select,
        (byte)'t' when word.SequenceEqual("tristate"u8) => KconfigKeyword.Tristate,
        _ => KconfigKeyword.Other,
    };

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

    /// <summary>Whether it begins the entry of a symbol, which is then its argument.</summary>
    public static bool DefinesOne(this KconfigKeyword keyword) => keyword is KconfigKeyword.Config or KconfigKeyword.MenuConfig;

    /// <summary>Whether it names symbols that the entry needs: "depends on", "select" or "if".</summary>
    public static bool NeedsSymbols(this KconfigKeyword keyword) =>
        keyword is KconfigKeyword.Depends or KconfigKeyword.Select or KconfigKeyword.If;

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
