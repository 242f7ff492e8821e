// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Driver;

/// <summary>A part of the integration that can be selected by name, with the same meaning for every verb.</summary>
public enum Part
{
    /// <summary>The folder of the driver with its KUnit tests, its headers in include/ and two hooks.</summary>
    Driver,

    /// <summary>Its folders below samples/, each with two hooks.</summary>
    Samples,

    /// <summary>Its pages below Documentation/, their lines in the toctree, and the entry of MAINTAINERS.</summary>
    Docs,
}

/// <summary>The names of the parts on the command line.</summary>
public static class Parts
{
    public static IReadOnlyList<Part> All { get; } = Enum.GetValues<Part>();

    public static IReadOnlyList<Part> Default { get; } = [Part.Driver];

    public static string Word(this Part part) => part.ToString().ToLowerInvariant();
}
