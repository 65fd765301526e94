// SPDX-License-Identifier: MPL-2.0

// Package question asks a real Refold what FACTS.md leaves open, and says which switches of the
// mock follow from its answers.
package question

import (
	"context"
	"errors"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// question is one of the open questions of FACTS.md.
type question struct {
	// number is the question's, such as 4.1.
	number string
	// ask is nil where nothing can be asked, and why says why.
	ask func(*probe)
	why string
}

// Reasons why several questions are not asked.
const (
	nothingDepends = "the mock has no switch for it, because nothing in the provider depends on the answer"
	needsApp       = "it takes an app that is connected, and connecting one takes the keys of a customer"
	needsRun       = "it takes executions, and nothing starts one without a workflow of a customer"
)

// questions are all of them, in the order in which they are asked: what others rely on comes first.
func questions() []question {
	return []question{
		{number: "4.21", ask: readLag},
		{number: "4.1", ask: mergedFields},
		{number: "4.2", ask: omittedFields},
		{number: "4.3", ask: emptyFields},
		{number: "4.27", ask: requiredAppID},
		{number: "4.4", ask: replacedCredentials},
		{number: "4.5", ask: duplicateCredentials},
		{number: "4.6", ask: secondCreate},
		{number: "4.7", ask: listedAccount},
		{number: "4.8", ask: noIntegrations},
		{number: "4.9", ask: caseOfIDs},
		{number: "4.10", ask: charactersOfIDs},
		{number: "4.11", why: nothingDepends},
		{number: "4.12", ask: emptyName},
		{number: "4.13", ask: unsetName},
		{number: "4.14", ask: valuesOfFields},
		{number: "4.15", ask: limitOfAccounts},
		{number: "4.16", ask: search},
		{number: "4.17", ask: scope},
		{number: "4.18", why: nothingDepends},
		{number: "4.19", ask: unknownAccount},
		{number: "4.20", why: "whoever asks deletes the test user if it is not refused"},
		{number: "4.22", why: "whoever asks has to send more than the account is allowed, which its other users would notice"},
		{number: "4.23", why: "a key tells its own environment only, and any other than test is refused here"},
		{number: "4.24", ask: sessionForAccount},
		{number: "4.25", ask: connectURL},
		{number: "4.26", ask: emptyApp},
		{number: "4.28", why: nothingDepends},
		{number: "4.29", why: nothingDepends},
		{number: "4.30", ask: keptValues},
		{number: "4.31", why: nothingDepends},
		{number: "4.32", ask: refreshedToken},
		{number: "4.33", ask: applicationsWithoutAccount},
		{number: "4.34", why: needsApp},
		{number: "4.35", ask: unconnectedConfig},
		{number: "4.36", why: needsApp},
		{number: "4.37", ask: unsetValue},
		{number: "4.38", ask: listedValue},
		{number: "4.39", ask: valuesOfAll},
		{number: "4.40", ask: filtersOfValues},
		{number: "4.41", ask: limitsOfOthers},
		{number: "4.42", ask: numberAsText},
		{number: "4.43", ask: formatOfNumber},
		{number: "4.44", ask: valueOfNobody},
		{number: "4.45", ask: answerOfEncrypted},
		{number: "4.46", ask: encryptedValue},
		{number: "4.47", ask: accountOfDeletion},
		{number: "4.48", ask: deletionOfUnknown},
		{number: "4.49", ask: filtersOfExecutions},
		{number: "4.50", why: needsRun},
		{number: "4.51", ask: executionsOfAccount},
		{number: "4.52", why: needsRun},
		{number: "4.53", why: needsRun},
	}
}

// Answer is what became of one question.
type Answer struct {
	// Number is that of FACTS.md.
	Number string
	// Switches are those of the mock that the answer decides.
	Switches []Switch
	// Open says what stays open, and why.
	Open []string
}

// Report is what a Refold answers to all questions.
type Report struct {
	Answers []Answer
	// Behaviour is that of a mock which answers alike, as far as that was decided.
	Behaviour mockapi.Behaviour
}

// Ask asks all questions, and deletes the accounts that it made for them. A question that fails
// stays open. The error says that accounts are left, or that the context has ended.
func Ask(ctx context.Context, at *site.Site) (Report, error) {
	var report Report
	lag, made := 0, 0
	for _, one := range questions() {
		if ctx.Err() != nil {
			break
		}
		if one.ask == nil {
			report.Answers = append(report.Answers, Answer{Number: one.number, Open: []string{one.why}})
			continue
		}
		// What a failed probe has seen is not kept.
		found := report.Behaviour
		p := &probe{ctx: ctx, at: at, found: &found, lag: lag, made: &made}
		one.ask(p)
		answer := Answer{Number: one.number, Open: p.open}
		if p.err != nil {
			answer.Open = append(answer.Open, p.err.Error())
		} else {
			answer.Switches = switchesOf(&found, p.seen)
			report.Behaviour, lag = found, found.ReadLag
		}
		report.Answers = append(report.Answers, answer)
	}
	return report, errors.Join(context.Cause(ctx), tidy(ctx, at))
}

// tidy also runs after a Ctrl-C.
func tidy(ctx context.Context, at *site.Site) error {
	if _, err := at.Sweep(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("delete the accounts of this run, which begin with %s: %w", at.Prefix(), err)
	}
	return nil
}
