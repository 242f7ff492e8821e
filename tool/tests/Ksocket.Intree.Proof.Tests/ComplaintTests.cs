// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Judging;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Complaints of kernels, and which are accepted.</summary>
public class ComplaintTests
{
    private const string MapleTree = """
        =============================
        WARNING: suspicious RCU usage
        6.1.192 #1 Not tainted
        -----------------------------
        lib/maple_tree.c:840 suspicious rcu_dereference_check() usage!
        other info that might help us debug this:
        Call Trace:
         [<60023456>] ? mas_start+0x0/0x1d0
        """;

    [Theory]
    [InlineData("BUG: sleeping function called from invalid context at net/core/sock.c:3536")]
    [InlineData("INFO: rcu_sched self-detected stall on CPU")]
    [InlineData("WARNING: possible circular locking dependency detected")]
    [InlineData("ODEBUG: free active (active state 0) object type: timer_list")]
    [InlineData("list_add corruption. prev->next should be next")]
    [InlineData("general protection fault, probably for non-canonical address")]
    public void A_complaint_is_seen(string line) => Assert.Equal(line, Assert.Single(Complaints.In([line])).Line);

    [Theory]
    [InlineData("debug: unmapping init memory")]
    [InlineData("# Debug: nothing")]
    [InlineData("tcp_server: received (29 bytes): Hello from kernel TCP client!")]
    public void Talk_is_no_complaint(string line) => Assert.Empty(Complaints.In([line]));

    [Fact]
    public void A_complaint_known_not_to_be_ours_is_allowed_by_name()
    {
        var complaint = Assert.Single(Complaints.In(MapleTree.Split('\n')));
        Assert.Contains("maple_tree", Noise.NameOf(complaint), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kaccept+0x10/0x80")]
    [InlineData("kclose.part.0+0x3d/0x80")]
    public void The_same_complaint_with_ksocket_in_it_is_ours(string frame) =>
        Assert.Null(Noise.NameOf(Assert.Single(Complaints.In((MapleTree + "\n [<60023456>] ? " + frame).Split('\n')))));

    [Fact]
    public void Noise_does_not_hide_what_follows_it()
    {
        var all = Complaints.In((MapleTree + "\nBUG: kernel NULL pointer dereference, address: 0").Split('\n')).ToList();
        Assert.Equal(2, all.Count);
        Assert.Null(Noise.NameOf(all[1]));
    }

    /// <summary>User-mode Linux reports a bad pointer without a trace.</summary>
    [Fact]
    public void A_fault_without_a_trace_tells_where_to_get_one()
    {
        var complaint = Assert.Single(Complaints.In(["tcp_server: listening", "Kernel panic - not syncing: Segfault with no mm"]));
        Assert.Contains("NULL or bad pointer", Culprit.Of(complaint), StringComparison.Ordinal);
        Assert.Contains("--arch x86_64", Culprit.Of(complaint), StringComparison.Ordinal);
    }

    /// <summary>Without this, a lock inversion was attributed to the wrong call.</summary>
    [Fact]
    public void A_part_that_gcc_split_off_is_the_function_itself()
    {
        var complaint = new Complaint(
            "WARNING: possible circular locking dependency detected",
            "but task is already holding lock:\n at: kclose.part.0+0x3d/0x80\n klisten+0x4e/0x11a");
        Assert.Contains("kclose()", Culprit.Of(complaint), StringComparison.Ordinal);
    }

    [Fact]
    public void The_culprit_is_the_innermost_function_of_ours()
    {
        var complaint = new Complaint(
            "BUG: KASAN: null-ptr-deref",
            "Call Trace:\n inet_accept+0x10/0x80\n kaccept+0x20/0x90\n serve+0x1/0x2");
        Assert.Contains("kaccept()", Culprit.Of(complaint), StringComparison.Ordinal);
    }
}
