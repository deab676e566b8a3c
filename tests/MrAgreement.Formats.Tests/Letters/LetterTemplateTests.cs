using MrAgreement.Formats.Letters;

namespace MrAgreement.Formats.Tests.Letters;

public class LetterTemplateTests
{
    static LetterTemplate Read(string text) => LetterTemplate.Read("requisition.sv.txt", text, ["amount", "bankgiro", "name"]);

    static IReadOnlyList<Block> Filled(string text, string amount = "4 000 000 kr", string bankgiro = "", string name = "Åke") =>
        Read(text).Fill(new Dictionary<string, string> { ["amount"] = amount, ["bankgiro"] = bankgiro, ["name"] = name });

    [Fact]
    public void Each_line_is_a_block() => Assert.Equal<Block>(
        [new Heading(1, "Rekvisition"), new Heading(3, "Åke"), new Entry("Belopp", "4 000 000 kr (Åke)"), new Paragraph("Hej Åke."), new Signature("Namn", "Åke", "")],
        Filled("\uFEFF// Anmärkning\r\n# Rekvisition\r\n\r\n### {name}\r\nBelopp | {amount} ({name})\r\nHej {name}.\r\n___ Namn | {name} | {bankgiro}\r\n"));

    [Fact]
    public void A_line_whose_places_all_are_empty_is_left_out() => Assert.Equal<Block>(
        [new Heading(1, "R"), new Entry("Både", "och 1 kr"), new Entry("Fast", "text"), new Signature("Namn", "", "")],
        Filled("# R\nBankgiro | {bankgiro}\n{bankgiro}\nBåde | {bankgiro} och {amount}\nFast | text\n___ Namn | {bankgiro} | {bankgiro}", amount: "1 kr"));

    [Fact]
    public void A_value_with_braces_is_no_place() => Assert.Equal(new Paragraph("{name}"), Filled("# R\n{amount}", amount: "{name}")[1]);

    [Theory]
    [InlineData("# R\nBelopp | {amont}", "requisition.sv.txt, line 2: there is no place {amont}; the places are amount, bankgiro, name.")]
    [InlineData("# R\n\nBelopp | {amount", "requisition.sv.txt, line 3: a brace opens or closes no place.")]
    [InlineData("# R\nBelopp | a | b", "requisition.sv.txt, line 2: it is neither # Heading (to ###), nor Label | text, nor ___ Label | name | day.")]
    [InlineData("# R\n#### Djup", "requisition.sv.txt, line 2: it is neither # Heading (to ###), nor Label | text, nor ___ Label | name | day.")]
    [InlineData("# R\n___ Namn", "requisition.sv.txt, line 2: it is neither # Heading (to ###), nor Label | text, nor ___ Label | name | day.")]
    [InlineData("// x\nHej", "requisition.sv.txt, line 2: the first line is to be a heading: # Heading.")]
    [InlineData("// x\n", "requisition.sv.txt, line 1: there is no heading: # Heading.")]
    public void A_line_that_can_not_be_meant_so_is_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<LetterTemplateException>(() => Read(text)).Message);
}
