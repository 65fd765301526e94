// SPDX-License-Identifier: MPL-2.0

package accountcsv

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type (
	accounts = map[string]Account
	fields   = map[string]string
)

// acme is what most of the files below say.
func acme() accounts {
	return accounts{"acme": {Name: new("Acme, Inc."), UDF: fields{"plan": "pro"}}}
}

func TestParse(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want accounts
	}{
		"plain":                  {"linked_account_id,name,plan\nacme,\"Acme, Inc.\",pro\n", acme()},
		"no line end":            {"linked_account_id,name,plan\nacme,\"Acme, Inc.\",pro", acme()},
		"CRLF":                   {"linked_account_id,name,plan\r\nacme,\"Acme, Inc.\",pro\r\n", acme()},
		"CR alone":               {"linked_account_id,name,plan\racme,\"Acme, Inc.\",pro\r", acme()},
		"byte-order mark":        {"\ufefflinked_account_id,name,plan\nacme,\"Acme, Inc.\",pro\n", acme()},
		"mark and quotes":        {"\ufeff\"linked_account_id\",name,plan\nacme,\"Acme, Inc.\",pro\n", acme()},
		"mark within":            {"linked_account_id\nacme\n\ufeffglobex\n", accounts{"acme": {}, "globex": {}}},
		"mark and quotes within": {"linked_account_id\nacme\n\ufeff\"globex\"\n", accounts{"acme": {}, "globex": {}}},
		"mark before a name":     {"name,linked_account_id\n\ufeffGlobex,globex\n", accounts{"globex": {Name: new("Globex")}}},
		"marks around ids":       {"linked_account_id\n \ufeffacme\nglobex\ufeff\n", accounts{"acme": {}, "globex": {}}},
		"semicolons":             {"linked_account_id;name;plan\nacme;Acme, Inc.;pro\n", acme()},
		"quoted, semicolons":     {"\"linked_account_id\";\"name\";\"plan\"\n\"acme\";\"Acme, Inc.\";\"pro\"\n", acme()},
		"comma in a semicolon":   {"linked_account_id;name;\"pl,an\"\nacme;Acme, Inc.;pro\n", accounts{"acme": {Name: new("Acme, Inc."), UDF: fields{"pl,an": "pro"}}}},
		"tabs":                   {"linked_account_id\tname\tplan\nacme\tAcme, Inc.\tpro\n", acme()},
		"other order":            {"plan,linked_account_id,name\npro,acme,\"Acme, Inc.\"\n", acme()},
		"white space around":     {" linked_account_id ,\u00a0name\t, plan\n\u00a0 acme\t,\"Acme, Inc.\",pro\n", acme()},
		"blank lines":            {"\n \n,,\nlinked_account_id,name,plan\n\n  \n , ,\t\nacme,\"Acme, Inc.\",pro\n\n,,,,,\n\"\",\"\"\n", acme()},
		"empty column":           {"linked_account_id,name,plan,\nacme,\"Acme, Inc.\",pro, \n", acme()},
		"two empty columns":      {"linked_account_id,name,plan,,\nacme,\"Acme, Inc.\",pro,,\n", acme()},
		"only ids":               {"linked_account_id\nacme\n", accounts{"acme": {}}},
		"only the header":        {"linked_account_id,name,plan\n", accounts{}},
		"no fields":              {"linked_account_id,name\nacme,Acme\n", accounts{"acme": {Name: new("Acme")}}},
		"empty cells":            {"linked_account_id,name,plan,tier\nacme,,,\"\"\n", accounts{"acme": {UDF: fields{}}}},
		"cells of white space":   {"linked_account_id,name,plan,tier\nacme, ,\t,gold\n", accounts{"acme": {UDF: fields{"tier": "gold"}}}},
		"values stay":            {"linked_account_id,name,plan\nacme, Acme , 05 \n", accounts{"acme": {Name: new(" Acme "), UDF: fields{"plan": " 05 "}}}},
		"quotes and line ends":   {"linked_account_id,name,plan\nacme,\"The \"\"A\"\"\",\"a\nb\"\n", accounts{"acme": {Name: new(`The "A"`), UDF: fields{"plan": "a\nb"}}}},
		"line ends in CR files":  {"linked_account_id,plan\racme,\"a\nb\"\r", accounts{"acme": {UDF: fields{"plan": "a\nb"}}}},
		"ids that differ":        {"linked_account_id\nacme\nAcme\nacme 1\na@b/c\n", accounts{"acme": {}, "Acme": {}, "acme 1": {}, "a@b/c": {}}},
		"a declared separator":   {"sep=;\nlinked_account_id;name;plan\nacme;Acme, Inc.;pro\n", acme()},
		"declared in quotes":     {"\"sep=,\"\r\nlinked_account_id,name,plan\r\nacme,\"Acme, Inc.\",pro\r\n", acme()},
		"another separator":      {"\ufeffsep=|\nlinked_account_id|name|plan\nacme|Acme, Inc.|pro\n", acme()},
		"an equals sign":         {"linked_account_id,name\nacme,=A1\n", accounts{"acme": {Name: new("=A1")}}},
		"a real U+FFFD":          {"linked_account_id,name\nacme,\ufffd\n", accounts{"acme": {Name: new("\ufffd")}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(test.want, got, cmp.AllowUnexported(Account{})); difference != "" {
				t.Error(difference)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"nothing":                 {"", "there is no header: the first line has to name the columns"},
		"only a mark":             {"\ufeff", "there is no header"},
		"only blank lines":        {"\n , \n\n", "there is no header"},
		"no column of ids":        {"\nid,name\nacme,Acme\n", "line 2: no column is named linked_account_id"},
		"other case":              {"Linked_Account_ID,name\nacme,Acme\n", "line 1: no column is named linked_account_id (exactly so, in lower case)"},
		"quote in the header":     {"linked_account_id,na\"me\n", "line 1: a quote is misplaced or missing; quotes enclose"},
		"header without an end":   {"linked_account_id,\"name\nacme,Acme\n", "line 2: a quote is misplaced or missing in the row that begins on line 1"},
		"header over two lines":   {"linked_account_id,\"name\nacme\"\n", "line 1: the name of column 2 contains a line break"},
		"ids twice":               {"linked_account_id,name,linked_account_id\n", `line 1: the columns 1 and 3 are both named "linked_account_id"`},
		"a field twice":           {"linked_account_id,plan, plan\n", `line 1: the columns 2 and 3 are both named "plan"`},
		"a value without a name":  {"linked_account_id,,plan\na,,x\nb,y,x\nc,z,x\n", "line 3: column 2 holds a value, and has no name in the header"},
		"no id":                   {"linked_account_id,name\n\n \u00a0,Acme\n", "line 3: linked_account_id is missing"},
		"two files":               {"linked_account_id,name\nacme,Acme\n\ufeffLinked_Account_ID,name\nglobex,Globex\n", "line 3: the header stands here again"},
		"an id twice":             {"linked_account_id\nacme\n\n acme\n", `line 4: linked_account_id "acme" stands on line 2 already`},
		"an id twice, after CR":   {"linked_account_id\racme\racme\r", `line 3: linked_account_id "acme" stands on line 2 already`},
		"an id of dots":           {"linked_account_id\n..\n", "line 2: \"..\" cannot be a linked_account_id: `.` and `..` have a meaning"},
		"a control character":     {"linked_account_id\n\"a\nb\"\n", `line 2: "a\nb" cannot be a linked_account_id: it contains a control character`},
		"a long id":               {"linked_account_id\n" + strings.Repeat("ä", 90) + "\x01\n", `line 2: "` + strings.Repeat("ä", 80) + `" (and so on) cannot be`},
		"too few cells":           {"linked_account_id,name,plan\nacme,Acme\n", "line 2: the number of cells is 2, and the header has 3"},
		"too many cells":          {"linked_account_id,name\nacme,Acme, Inc.\n", "line 2: the number of cells is 3, and the header has 2; a cell that contains the separator needs quotes"},
		"other separator":         {"linked_account_id;name\nacme,Acme\n", "line 2: the number of cells is 1, and the header has 2"},
		"the header again":        {"linked_account_id,name\nacme,Acme\nlinked_account_id,name\n", "line 3: the header stands here again"},
		"a quote in a cell":       {"linked_account_id,name\nacme,6\" pipe\n", "line 2: a quote is misplaced or missing; quotes enclose"},
		"a quote without an end":  {"linked_account_id,name\nacme,\"Acme\nglobex,Globex\n", "line 3: a quote is misplaced or missing in the row that begins on line 2"},
		"lines in quotes":         {"linked_account_id,name\nacme,\"a\nb\r\n\nc\"\n,x\n", "line 6: linked_account_id is missing"},
		"UTF-16 with a mark":      {"\xff\xfel\x00", "the text contains what UTF-16 contains"},
		"UTF-16 of another order": {"\xfe\xff\x00l", "the text contains what UTF-16 contains"},
		"UTF-16 without a mark":   {"l\x00i\x00", "the text contains what UTF-16 contains and UTF-8 does not: save the file as UTF-8"},
		"an invisible character":  {"linked_account_id,name\nglobex,G\nac\u200bme,A\n", `line 3, column 1: "ac\u200bme" holds a character that nobody sees (U+200B)`},
		"one in another column":   {"name,linked_account_id\nA,acme\u2060\n", `line 2, column 2: "acme\u2060" holds a character that nobody sees (U+2060)`},
		"one in the header":       {"linked_account_id,pl\u00adan\nacme,x\n", `line 1: the name of column 2 holds a character that nobody sees (U+00AD): "pl\u00adan"`},
		"a formula":               {"linked_account_id,zip\nacme,=\"00123\"\n", `line 2: a cell is a formula of a spreadsheet (="...")`},
		"a formula in quotes":     {"linked_account_id,zip\nacme,\"=\"\"00123\"\"\"\n", `line 2, column 2: the cell is a formula of a spreadsheet`},
		"a formula for an id":     {"linked_account_id,zip\n\"=\"\"00123\"\"\",x\n", `line 2, column 1: the id is a formula of a spreadsheet`},
		"another than declared":   {"sep=;\nlinked_account_id,name\nacme,Acme\n", "line 2: no column is named linked_account_id"},
		"Latin-1":                 {"linked_account_id,name\nacme,Acm\xe9\n", "line 2: the text is not valid UTF-8: save the file as UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(test.text)
			if err == nil || got != nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%v, %v; want an error that begins with %q", got, err, test.want)
			}
		})
	}
}

func TestParseListsProblems(t *testing.T) {
	_, err := Parse("linked_account_id,name,\n,a,\nacme,a,b\nacme,c,d\n.,\nglobex,\"Globex\" Corp,\n,e,\n")
	want := `5 problems in the CSV:
- line 2: linked_account_id is missing
- line 3: column 3 holds a value, and has no name in the header
- line 4: linked_account_id "acme" stands on line 3 already
- line 5: the number of cells is 2, and the header has 3
- line 6: a quote is misplaced or missing; quotes enclose a whole cell, without white space around them, and a quote within it is written twice: "6"" pipe"`
	if err == nil || err.Error() != want {
		t.Errorf("error\n%v\nwant\n%s", err, want)
	}
}

func TestParseBoundsItsError(t *testing.T) {
	_, err := Parse("linked_account_id,name\n" + strings.Repeat(",a\n", 1000))
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 12 || lines[0] != "1000 problems in the CSV:" || lines[10] != "- line 11: linked_account_id is missing" || lines[11] != "- and 990 more" {
		t.Errorf("error\n%v", err)
	}
}

// A CSV may hold credentials by mistake; errors go to logs of CI.
func TestParseQuotesNoValues(t *testing.T) {
	const secret = "s3cret"
	for _, text := range []string{
		"linked_account_id,name,token\n,Acme,s3cret\n", "linked_account_id,name,token\nacme,s3cret\n", "linked_account_id,token\nacme,\"s3cret\" x\n",
		"linked_account_id,token\nacme,\"s3cret\n", "linked_account_id,\nacme,s3cret\n", "linked_account_id,token\na,b\na,s3cret\n", "acme,s3cret\n", "acme;\"s3cret\n",
		"linked_account_id,token\nacme,s3cret\xff\n", "linked_account_id,token\n..,s3cret\n",
	} {
		if _, err := Parse(text); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func largeCSV(lines, columns int) string {
	var text strings.Builder
	text.WriteString("linked_account_id,name")
	for column := range columns - 2 {
		fmt.Fprintf(&text, ",field_%d", column)
	}
	for line := range lines {
		fmt.Fprintf(&text, "\ncustomer-%d,\"Customer, %[1]d\"", line)
		for column := range columns - 2 {
			fmt.Fprintf(&text, ",value %d", column)
		}
	}
	return text.String()
}

// The time per line should be the same for all sizes.
func BenchmarkParse(b *testing.B) {
	for _, lines := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			text := largeCSV(lines, 10)
			for b.Loop() {
				if accounts, err := Parse(text); err != nil || len(accounts) != lines {
					b.Fatalf("%d accounts, %v", len(accounts), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
		})
	}
}
