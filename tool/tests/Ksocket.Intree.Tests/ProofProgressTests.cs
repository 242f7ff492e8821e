// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Answers;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Tests;

/// <summary>The progress of one proof on stderr.</summary>
public class ProofProgressTests
{
    private static readonly ProofName Name = new("linux-6.12", "6.12.1", Form.BuiltIn);

    [Fact]
    public void Without_a_terminal_there_is_a_line_for_each_step_and_no_control_character()
    {
        var messages = Run(isScreen: false, progress =>
        {
            progress.Begins(Name, StepKind.Build);
            progress.Progress(Name, "1 file compiled, now a.o"); // sooner than ten seconds after the last line
            progress.Ends(Name, Ended(Outcome.Passed));
        });
        Assert.Matches(@"^\[ +[0-9.]+ s\] build: ok \(1\.0 s\) a note\n$", messages);
    }

    /// <summary>Drawn by a timer: waits for what it draws, however long that takes. Lines are cut to 20 columns at least.</summary>
    [Fact]
    public void On_a_terminal_one_line_is_redrawn_until_the_step_ends()
    {
        using var text = new Watched("build: 1");
        var terminal = new Terminal(TextWriter.Null, text, messagesAreScreen: true);
        using (var progress = new ProofProgress(terminal, many: false))
        {
            progress.Begins(Name, StepKind.Build);
            progress.Progress(Name, "1 file compiled, now a.o");
            text.Seen.WaitOne();
            progress.Ends(Name, Ended(Outcome.Failed));
        }

        Assert.Matches(@"\r\e\[K\[ +[0-9.]+ s\] build: [^\n]*\r\e\[K\[ +[0-9.]+ s\] build: FAILED \(1\.0 s\) a note\n$", text.ToString());
    }

    /// <summary>A step may report nothing for minutes, such as the link of vmlinux.</summary>
    [Fact]
    public void Without_a_terminal_a_step_that_reports_nothing_has_a_line_at_every_interval()
    {
        using var text = new Watched("boot: running");
        using (var progress = new ProofProgress(new Terminal(TextWriter.Null, text), many: false, TimeSpan.FromMilliseconds(20)))
        {
            progress.Begins(Name, StepKind.Boot);
            Assert.True(text.Seen.WaitOne(TimeSpan.FromSeconds(30)));
        }

        Assert.DoesNotContain('\e', text.ToString());
    }

    [Fact]
    public void On_a_terminal_the_line_is_there_when_the_step_begins()
    {
        var messages = Run(isScreen: true, progress => progress.Begins(Name, StepKind.Build));
        Assert.Matches(@"^\r\e\[K\[ +[0-9.]+ s\] build", messages);
    }

    private static ProofStep Ended(Outcome outcome) => new(StepKind.Build, outcome, TimeSpan.FromSeconds(1), null, "a note");

    private static string Run(bool isScreen, Action<ProofProgress> work)
    {
        using var text = new StringWriter();
        using (var progress = new ProofProgress(new Terminal(TextWriter.Null, text, messagesAreScreen: isScreen), many: false))
        {
            work(progress);
        }

        return text.ToString();
    }

    /// <summary>Says when a text was written.</summary>
    private sealed class Watched(string awaited) : StringWriter
    {
        public ManualResetEvent Seen { get; } = new(false);

        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains(awaited, StringComparison.Ordinal) == true)
            {
                Seen.Set();
            }
        }

        protected override void Dispose(bool disposing)
        {
            Seen.Dispose();
            base.Dispose(disposing);
        }
    }
}
