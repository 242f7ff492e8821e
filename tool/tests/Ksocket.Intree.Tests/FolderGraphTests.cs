// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Tests;

/// <summary>Tests FolderGraph with a seeded cycle.</summary>
public class FolderGraphTests
{
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["P/Top.cs"] = "using N.Low;\nnamespace N;\npublic sealed class Top { Low low; }\n",
        ["P/Low/Low.cs"] =
            "namespace N.Low;\n/// <summary>Not <see cref=\"Top\"/>.</summary>\npublic sealed class Low { string text = \"Top\"; }\n",
    };

    [Fact]
    public void Folders_that_look_down_are_in_no_circle() => Assert.Empty(FolderGraph.Of(Plain).Circles());

    [Fact]
    public void A_folder_that_names_a_type_above_it_is_in_a_circle()
    {
        const string bad = "namespace N.Low;\ninternal record Bad(Top Top);\n";
        Assert.Equal(["P <-> P/Low"], FolderGraph.Of(new Dictionary<string, string>(Plain) { ["P/Low/Bad.cs"] = bad }).Circles());
    }

    [Fact]
    public void So_are_three_that_lead_around() => Assert.Equal(
        ["P/A <-> P/B", "P/A <-> P/C", "P/B <-> P/C"],
        FolderGraph.Of(new Dictionary<string, string>
        {
            ["P/A/A.cs"] = "using N.B;\nnamespace N.A;\nclass One { Two two; }\n",
            ["P/B/B.cs"] = "using N.C;\nnamespace N.B;\nclass Two { Three three; }\n",
            ["P/C/C.cs"] = "using N.A;\nnamespace N.C;\nclass Three { One one; }\n",
        }).Circles());
}
