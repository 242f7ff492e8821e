// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Reporting;

/// <summary>The style sheet of all pages: light or dark as the reader's system is, and no fonts to load.</summary>
public static class HtmlStyle
{
    public const string Sheet = """
        :root { color-scheme: light dark; --good: #18794e; --bad: #c62a2f; --odd: #8a6100; --line: #8884; --soft: #8881; --dim: #5c5f66; }
        @media (prefers-color-scheme: dark) { :root { --good: #4cc38a; --bad: #ff7b72; --odd: #f1a10d; --dim: #a9adb5; } }
        body { background: Canvas; color: CanvasText; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 0; display: inline; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-bottom: 1px solid var(--line); }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .passed { color: var(--good); } .failed { color: var(--bad); font-weight: 600; } .skipped { color: var(--odd); }
        article td:nth-child(-n+3) { width: 5.5rem; }
        article { border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; margin: 1rem 0; }
        summary { cursor: pointer; }
        pre { overflow-x: auto; background: var(--soft); padding: .6rem; font-size: 12px; line-height: 1.35; max-height: 40rem; }
        .why { border-left: 3px solid var(--bad); padding-left: .8rem; }
        .whole { white-space: nowrap; } .small { color: var(--dim); font-size: .85rem; }
        """;
}
