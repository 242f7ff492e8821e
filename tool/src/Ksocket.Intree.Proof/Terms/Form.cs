// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Proof.Terms;

/// <summary>How the driver is built and tested.</summary>
public enum Form
{
    /// <summary>Driver and samples in the kernel.</summary>
    BuiltIn,

    /// <summary>Driver and samples as modules, loaded and unloaded.</summary>
    Module,

    /// <summary>The driver in the kernel, and its KUnit suites.</summary>
    Tests,

    /// <summary>The driver in the kernel, and a test of the user; see <see cref="Terms.OwnTest"/>.</summary>
    OwnTest,

    /// <summary>Every patch of the tree's series built in order, =y and =m; nothing is booted.</summary>
    EachPatch,
}

/// <summary>The names of the forms in all output.</summary>
public static class Forms
{
    /// <summary>The names of all forms, in order.</summary>
    public static ImmutableArray<string> Titles { get; } = [.. Enum.GetValues<Form>().Select(Title)];

    public static string Title(this Form form) => form switch
    {
        Form.BuiltIn => "built in",
        Form.Module => "as modules",
        Form.OwnTest => "own test",
        Form.EachPatch => "each patch",
        _ => "KUnit",
    };

    /// <summary>One word, for file names and columns.</summary>
    public static string Word(this Form form) => form switch
    {
        Form.BuiltIn => "builtin",
        Form.Module => "module",
        Form.OwnTest => "own-test",
        Form.EachPatch => "each-patch",
        _ => "kunit",
    };
}
