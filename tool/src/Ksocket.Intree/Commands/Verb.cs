// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Commands;

/// <summary>A command that ends in an <see cref="VerbOutcome"/>.</summary>
internal sealed class Verb : Command
{
    /// <param name="run">Does the work; prints nothing but progress.</param>
    public Verb(string name, string description, Func<ParseResult, Terminal, VerbOutcome> run)
        : base(name, description)
    {
        Run = run;
        SetAction(_ => 0); // the parser requires an action; Program calls Run
    }

    public Func<ParseResult, Terminal, VerbOutcome> Run { get; }
}
