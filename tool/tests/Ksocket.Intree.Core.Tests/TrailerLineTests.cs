// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Sending;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Which lines of a reply are trailers of its sender.</summary>
public class TrailerLineTests
{
    private const string Wanted = "Reviewed-by: R. Viewer <r@example.org>";

    [Theory]
    [InlineData("Looks good.\n\nReviewed-by: R. Viewer <r@example.org>\n", Wanted)]
    [InlineData("reviewed-BY:   R. Viewer   <r@example.org>  \r\n", Wanted)]
    [InlineData("Reviewed-by: R. Viewer\n <r@example.org>\n", Wanted)]
    [InlineData("> a line\n\nTested-by: T <t@example.org> # on arm64\n", "Tested-by: T <t@example.org> # on arm64")]
    [InlineData("Reported-and-tested-by: \"T, Q\" <t@example.org>\n", "Reported-and-tested-by: \"T, Q\" <t@example.org>")]
    public void A_trailer_of_the_sender(string body, string trailer) => Assert.Equal(trailer, Assert.Single(TrailerLines.Of(body)).Line);

    [Theory]
    [InlineData("> Reviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData(">> Reviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData("| Reviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData("No.\n-- \nReviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData("No.\n-----Original Message-----\nReviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData("Try this:\n\ndiff --git a/x b/x\n+Reviewed-by: R. Viewer <r@example.org>\nReviewed-by: R. Viewer <r@example.org>\n")]
    [InlineData("Signed-off-by: R. Viewer <r@example.org>\n")]
    [InlineData("Nacked-by: R. Viewer <r@example.org>\n")]
    [InlineData("You may add my Reviewed-by: R. Viewer <r@example.org> then.\n")]
    [InlineData("Reviewed-by: me\n")]
    [InlineData("Reviewed-by: R <not an address>\n")]
    public void No_trailer_of_the_sender(string body) => Assert.Empty(TrailerLines.Of(body));
}
