// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using System.Xml;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Reporting;

/// <summary>
/// JUnit XML for CI systems: a suite for each tree and form, a case for each step, and the complete KUnit output.
/// </summary>
public static class JunitReport
{
    public static string Write(IReadOnlyList<TreeProof> proofs)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n", CheckCharacters = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "ksocket-intree prove");
            foreach (var proof in proofs)
            {
                foreach (var report in proof.Reports)
                {
                    var alone = proofs.SelectMany(other => other.Reports).Count(other => Name(other) == Name(report)) == 1;
                    Suite(xml, report, alone ? Name(report) : $"{Name(report)}, {report.Tree}");
                }

                if (proof.Refusal is { } refusal)
                {
                    Refused(xml, proof.Name, refusal.Message);
                }
            }

            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text + "\n";
    }

    private static string Name(ProofReport report) =>
        $"linux {report.Version} {report.Kind} {report.Form.Title()}{ProvedDrivers.NoteOf(report.Drivers)}";

    private static void Suite(XmlWriter xml, ProofReport report, string name)
    {
        var failed = report.Steps.Count(step => step.Outcome == Outcome.Failed);
        var skipped = report.Steps.Count(step => step.Outcome == Outcome.Skipped);
        Begin(xml, name, report.Steps.Count, failed, skipped, report.Took);
        Properties(xml, report.Settings);
        foreach (var step in report.Steps)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", name);
            xml.WriteAttributeString("name", step.Name);
            xml.WriteAttributeString("time", Seconds(step.Took));
            switch (step.Outcome)
            {
                case Outcome.Failed:
                    xml.WriteStartElement("failure");
                    xml.WriteAttributeString("message", PlainText.Of(step.Note));
                    xml.WriteString(PlainText.Of($"{step.Diagnosis?.Cause}\n{step.Diagnosis?.Again}"));
                    xml.WriteEndElement();
                    break;

                case Outcome.Skipped:
                    xml.WriteStartElement("skipped");
                    xml.WriteAttributeString("message", PlainText.Of(step.Note));
                    xml.WriteEndElement();
                    break;

                default:
                    xml.WriteElementString("system-out", PlainText.Of(step.Note));
                    break;
            }

            xml.WriteEndElement();
        }

        xml.WriteElementString("system-out", PlainText.Of(report.Ktap.Length > 0 ? report.Ktap : string.Join('\n', report.SampleOutput)));
        xml.WriteEndElement();
    }

    private static void Properties(XmlWriter xml, IReadOnlyList<ConfigSetting> settings)
    {
        if (settings.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("properties");
        foreach (var setting in settings)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", $"CONFIG_{setting.Symbol}");
            xml.WriteAttributeString("value", PlainText.Of(setting.Value));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Refused(XmlWriter xml, string tree, string why)
    {
        Begin(xml, tree, tests: 1, failures: 1, skipped: 0, TimeSpan.Zero);
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", tree);
        xml.WriteAttributeString("name", "prepare");
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("message", PlainText.Of(why));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Begin(XmlWriter xml, string name, int tests, int failures, int skipped, TimeSpan time)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("skipped", skipped.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(time));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture);
}
