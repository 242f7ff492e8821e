// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Answers;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The output file of --junit or --html.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>Like >(command) of the shell: it cannot be truncated, which must not lose the proof.</summary>
    [Fact]
    public async Task A_pipe_takes_a_report()
    {
        Run.Program("mkfifo", "/", _temp.PathOf("pipe"));
        var read = Task.Run(() => File.ReadAllText(_temp.PathOf("pipe")), TestContext.Current.CancellationToken);
        using (var report = ReportFile.Open(_temp.PathOf("pipe"))!)
        {
            report.Write("all of it");
        }

        Assert.Equal("all of it", await read);
    }

    [Fact]
    public void So_does_a_device()
    {
        using var report = ReportFile.Open("/dev/null")!;
        report.Write("all of it");
    }

    [Fact]
    public void A_file_holds_the_new_report_and_nothing_of_the_old_one()
    {
        File.WriteAllText(_temp.PathOf("report"), "a longer one from yesterday");
        using (var report = ReportFile.Open(_temp.PathOf("report"))!)
        {
            report.Write("today's");
        }

        Assert.Equal("today's", File.ReadAllText(_temp.PathOf("report")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday's")]
    public void Without_anything_to_report_all_is_as_it_was(string? before)
    {
        if (before is not null)
        {
            File.WriteAllText(_temp.PathOf("report"), before);
        }

        ReportFile.Open(_temp.PathOf("report"))!.Dispose();
        Assert.Equal(before, File.Exists(_temp.PathOf("report")) ? File.ReadAllText(_temp.PathOf("report")) : null);
    }
}
