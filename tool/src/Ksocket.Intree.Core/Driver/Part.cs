// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Driver;

/// <summary>A part of the integration that can be selected by name, with the same meaning for every verb.</summary>
public enum Part
{
    /// <summary>drivers/ksocket with its KUnit tests, the public header and two hooks.</summary>
    Driver,

    /// <summary>samples/ksocket: the TCP and UDP servers and clients.</summary>
    Samples,

    /// <summary>Documentation/networking/ksocket.rst, its line in the toctree, and the entry of MAINTAINERS.</summary>
    Docs,
}

/// <summary>The names of the parts on the command line.</summary>
public static class Parts
{
    public static IReadOnlyList<Part> All { get; } = Enum.GetValues<Part>();

    public static IReadOnlyList<Part> Default { get; } = [Part.Driver];

    public static string Word(this Part part) => part.ToString().ToLowerInvariant();
}
