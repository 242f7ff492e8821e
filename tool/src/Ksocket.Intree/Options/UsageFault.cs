// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Options;

/// <summary>What is wrong with the arguments, and what to do: exit 129.</summary>
internal sealed record UsageFault(string Message, string Hint);
