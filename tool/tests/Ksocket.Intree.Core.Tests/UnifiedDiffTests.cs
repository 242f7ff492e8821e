// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class UnifiedDiffTests
{
    [Fact]
    public void An_added_file_and_an_inserted_line_read_as_git_writes_them()
    {
        var patch = UnifiedDiff.Of(
        [
            Change("new.c", null, "int x;\n"),
            Change("Makefile", "top += 1\n2\n3\n4\n5\n6\n", "top += 1\n2\n3\n4\nin\n5\n6\n"),
        ]);
        Assert.Equal("""
            diff --git a/Makefile b/Makefile
            --- a/Makefile
            +++ b/Makefile
            @@ -2,5 +2,6 @@ top += 1
             2
             3
             4
            +in
             5
             6
            diff --git a/new.c b/new.c
            new file mode 100644
            --- /dev/null
            +++ b/new.c
            @@ -0,0 +1 @@
            +int x;

            """.Bytes(), patch);
    }

    [Fact]
    public void A_file_without_a_final_newline_says_so() => Assert.Equal("""
        diff --git a/M b/M
        --- a/M
        +++ b/M
        @@ -1 +1,2 @@
        -a
        \ No newline at end of file
        +a
        +b
        \ No newline at end of file

        """.Bytes(), UnifiedDiff.Of([Change("M", "a", "a\nb")]));

    private static FileChange Change(string path, string? before, string? after) =>
        new(path, before?.File(), after?.File());
}
