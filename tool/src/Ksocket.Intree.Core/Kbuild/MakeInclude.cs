// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A line by which make reads other files (GNU make manual, section 3.3).</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Text">The line with its continuations, without comment and indentation.</param>
/// <param name="Files">The words after the directive; they may hold variables.</param>
/// <param name="Optional">Whether make goes on if a file is not there: -include and sinclude.</param>
/// <param name="Conditional">Whether it is inside an ifdef or a define, so that make may skip it.</param>
public sealed record MakeInclude(int Line, ByteString Text, ImmutableArray<ByteString> Files, bool Optional, bool Conditional);
