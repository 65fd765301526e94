// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"text/tabwriter"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// account is what Refold should have about one customer.
type account struct {
	name        string
	udf         map[string]any // numbers as json.Number
	credentials map[string]string
}

// expectedAccounts is what examples/demo describes: the lines of accounts.csv, and the two accounts
// of main.tf.
func expectedAccounts(folder string) (map[string]account, error) {
	file, err := os.Open(filepath.Join(folder, "accounts.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the expected accounts: %w", err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the expected accounts: %w", err)
	}
	expected := map[string]account{
		"cyberdyne": {"Cyberdyne Systems", fields("enterprise", "500", true), map[string]string{"crm_token": cyberdyneToken}},
		"tyrell":    {"Tyrell Corporation", fields("pro", "60", false), map[string]string{"crm_token": tyrellToken}},
	}
	for _, row := range rows[1:] {
		expected[row[0]] = account{name: row[1], udf: fields(row[2], row[3], row[4] == "true")}
	}
	return expected, nil
}

func fields(plan, seats string, beta bool) map[string]any {
	return map[string]any{"plan": plan, "seats": json.Number(seats), "beta": beta}
}

// actualAccounts is what the mock has.
func actualAccounts(mock *mockapi.Server) map[string]account {
	actual := map[string]account{}
	for _, found := range mock.Accounts(mockapi.EnvironmentTest) {
		var name string
		if found.Name != nil {
			name = *found.Name
		}
		credentials := mock.Credentials(mockapi.EnvironmentTest, found.AccountID)
		actual[found.AccountID] = account{name, found.UDFMap(), credentials}
	}
	return actual
}

// compare returns an error that names every account that is not as expected, without credentials.
func compare(expected, actual map[string]account) error {
	var differences []string
	for _, id := range slices.Sorted(maps.Keys(expected)) {
		want := expected[id]
		got, ok := actual[id]
		switch {
		case !ok:
			differences = append(differences, id+" is missing")
		case got.name != want.name || !reflect.DeepEqual(got.udf, want.udf):
			differences = append(differences, fmt.Sprintf("%s has name %q and udf %v instead of %q and %v", id, got.name, got.udf, want.name, want.udf))
		case !maps.Equal(got.credentials, want.credentials):
			differences = append(differences, id+" has other credentials")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(actual)) {
		if _, ok := expected[id]; !ok {
			differences = append(differences, id+" should not be there")
		}
	}
	if len(differences) > 0 {
		return fmt.Errorf("what Refold has is not what the configuration says: %q", differences)
	}
	return nil
}

// show prints the accounts as a table. Of credentials it prints the names.
func show(out io.Writer, accounts map[string]account) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "  ACCOUNT\tNAME\tPLAN\tSEATS\tBETA\tCREDENTIALS")
	for _, id := range slices.Sorted(maps.Keys(accounts)) {
		found := accounts[id]
		keys := slices.Sorted(maps.Keys(found.credentials))
		fmt.Fprintf(table, "  %s\t%s\t%v\t%v\t%v\t%v\n", id, found.name, found.udf["plan"], found.udf["seats"], found.udf["beta"], keys)
	}
	_ = table.Flush()
}
