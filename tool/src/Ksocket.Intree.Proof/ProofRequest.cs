// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof;

/// <summary>What is built and booted.</summary>
public enum Form
{
    /// <summary>Driver and samples in the kernel.</summary>
    BuiltIn,

    /// <summary>Driver and samples as modules, loaded and unloaded.</summary>
    Module,

    /// <summary>The driver in the kernel, and its KUnit suites.</summary>
    Tests,
}

/// <summary>What to prove, and where to work; the tree itself is never written to.</summary>
/// <param name="Work">A folder of ours: build products are kept there and used again.</param>
public sealed record ProofRequest(FolderTree Tree, Form Form, string Work);

/// <summary>One step of a proof as it ended.</summary>
public sealed record ProofStep(string Name, bool Passed, TimeSpan Took, string Note);

/// <summary>What was built and booted, and what it printed.</summary>
/// <param name="Talk">What the samples said in the kernel log, line by line.</param>
/// <param name="Log">The path of everything that make and the kernel printed.</param>
public sealed record ProofReport(string Version, Form Form, IReadOnlyList<ProofStep> Steps, IReadOnlyList<string> Talk, string Log)
{
    public const string Arch = "um";

    public bool Proven => Steps.Count > 0 && Steps.All(step => step.Passed);
}

/// <summary>Hears how a proof goes on, for whoever waits for it.</summary>
public interface IProofListener
{
    void Begins(string step);

    /// <summary>Said every few seconds while a step runs.</summary>
    void Progress(string note);

    void Ends(ProofStep step);
}
