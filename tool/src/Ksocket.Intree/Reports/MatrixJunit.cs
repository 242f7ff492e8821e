// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using System.Xml;
using Ksocket.Intree.Proof.Reporting;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Reports;

/// <summary>JUnit XML for CI systems: a suite for each row, a case for each form and each check of it.</summary>
internal static class MatrixJunit
{
    public static string Write(ResultMatrix matrix)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "ksocket-intree report");
            foreach (var row in matrix.Rows)
            {
                Suite(xml, matrix, row);
            }

            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";
    }

    private static void Suite(XmlWriter xml, ResultMatrix matrix, MatrixRow row)
    {
        var name = $"linux {row.Kernel} {row.Kind}";
        var cases = matrix.Forms.Where(row.Cells.ContainsKey).SelectMany(form => CasesOf(row.Cells[form])).ToList();
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(one => one.Outcome == Outcome.Failed)));
        xml.WriteAttributeString("skipped", Number(cases.Count(one => one.Outcome == Outcome.Skipped)));
        foreach (var (title, outcome, why) in cases)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", name);
            xml.WriteAttributeString("name", title);
            if (outcome != Outcome.Passed)
            {
                xml.WriteStartElement(outcome == Outcome.Failed ? "failure" : "skipped");
                xml.WriteAttributeString("message", PlainText.Of(why));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>A check that failed is the failure of its form, too: prove ends there.</summary>
    private static IEnumerable<(string Title, Outcome Outcome, string Why)> CasesOf(FormResult result)
    {
        yield return (result.Proof.Form, result.Proof.Verdict, result.Passed ? "" : MatrixText.WhyFailed(result));
        foreach (var (name, outcome) in result.Checks)
        {
            var why = outcome == Outcome.Skipped ? "the check could not run there" : MatrixText.WhyFailed(result);
            yield return ($"{result.Proof.Form}, {name}", outcome, why);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
