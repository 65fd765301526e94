// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// VariableBehaviour holds the switches about variables: their definitions and their values.
type VariableBehaviour struct {
	// DefinitionMaxLimit is what a larger limit of definitions is lowered to (FACTS 4.41).
	// 0: no maximum.
	DefinitionMaxLimit int
	// AllDefinitions lists definitions of every scope also to those who name an account, as
	// before v3.7.12 (FACTS 2.8).
	AllDefinitions bool
	// CamelDates spells the dates of a definition createdAt and updatedAt (FACTS 2.8).
	CamelDates bool
	// DefinitionsOmitEncrypted does not say of a definition whether it is encrypted, by itself, in
	// a list and with a value (FACTS 4.46).
	DefinitionsOmitEncrypted bool

	// MaxLimit is what a larger limit of values is lowered to (FACTS 4.41). 0: no maximum.
	MaxLimit int
	// ShortPages shows of a page of values neither totals nor whether there is another, as the
	// samples do (FACTS 1.5).
	ShortPages bool
	// HideTarget shows values on pages without their account and workflow (FACTS 4.38).
	HideTarget bool
	// PlainDefinition shows the definition of a value on a page as its id, in place of an
	// object (FACTS 2.9).
	PlainDefinition bool
	// ListWantsAccount refuses to list the values of accounts without one (FACTS 4.39).
	ListWantsAccount bool
	// IgnoreFilters lists the values of a scope whatever else is asked for (FACTS 4.40).
	IgnoreFilters bool
	// Unset is how a value is read that is not set (FACTS 4.37).
	Unset UnsetValue
	// Encrypted is how a value of an encrypted definition is read (FACTS 4.46).
	Encrypted EncryptedRead
	// OmitEncrypted does not say of a value that is read by itself whether it is encrypted
	// (FACTS 4.46).
	OmitEncrypted bool
	// JSONNumbers shows values of numbers as JSON numbers, which go through a 64-bit float, in
	// place of texts (FACTS 4.42).
	JSONNumbers bool

	// AnyFormat takes values that do not fit the format (FACTS 4.43).
	AnyFormat bool
	// UnknownTargetStored takes values for accounts and workflows that do not exist (FACTS 4.44).
	UnknownTargetStored bool
	// UnknownAccountRefused answers reads of an account's values with the message of FACTS 1.6
	// where there is no such account, in place of saying that none is set (FACTS 4.44).
	UnknownAccountRefused bool
	// AnswerSuccess answers all writes with {"success": true} alone (FACTS 0.1).
	AnswerSuccess bool
	// RedactAnswer answers the setting of an encrypted value without its ciphertext (FACTS 4.45).
	RedactAnswer bool
	// UndatedAnswer answers the setting of a value without updatedAt, as the sample does (FACTS
	// 2.9).
	UndatedAnswer bool
	// DeletionAccount is what a deletion makes of the account in its header (FACTS 4.47).
	DeletionAccount DeletionAccount
	// UnknownValueAs400 answers the deletion of an unknown value with 400, not 404 (FACTS 4.48).
	UnknownValueAs400 bool
	// KeepWithoutAccount keeps the values of an account that is deleted, by the API or by Remove
	// (FACTS 4.30).
	KeepWithoutAccount bool
}

// UnsetValue is how a value is read that is not set (FACTS 4.37).
type UnsetValue int

// Values of UnsetValue.
const (
	// UnsetValueNotFound answers 404.
	UnsetValueNotFound UnsetValue = iota
	// UnsetValueNull answers with a value that is null.
	UnsetValueNull
	// UnsetValueAbsent answers without a value.
	UnsetValueAbsent
)

// EncryptedRead is how a value of an encrypted definition is read (FACTS 4.46).
type EncryptedRead int

// Values of EncryptedRead.
const (
	// EncryptedReadRedacted shows RedactedValue.
	EncryptedReadRedacted EncryptedRead = iota
	// EncryptedReadNull shows null.
	EncryptedReadNull
	// EncryptedReadCiphertext shows the ciphertext.
	EncryptedReadCiphertext
)

// DeletionAccount is what a deletion makes of the account in its header (FACTS 4.47).
type DeletionAccount int

// Values of DeletionAccount.
const (
	// DeletionAccountChecked does not find the value of another account than is named.
	DeletionAccountChecked DeletionAccount = iota
	// DeletionAccountIgnored deletes whatever is named.
	DeletionAccountIgnored
	// DeletionAccountDemanded checks it, and refuses to delete the value of an account without.
	DeletionAccountDemanded
)

const valuesPath = "/api/v2/public/env/values"

// VariableValue has the endpoints of FACTS 2.9.
func (objects) VariableValue() []endpoint {
	return []endpoint{
		{http.MethodGet, "/api/v2/public/env/value/{definitionID}", keyOrSession, inE4((*Server).getValue)},
		{http.MethodGet, valuesPath + "/{scope}", keyOrSession, inE4((*Server).listValues)},
		{http.MethodPost, valuesPath, keyOrSession, inE4((*Server).setValue)},
		{http.MethodDelete, valuesPath + "/{valueID}", keyOrSession, inE4((*Server).deleteValue)},
	}
}

// fits reports whether values of the definition are for such a target.
func (d *VariableDefinition) fits(target variableTarget) bool {
	return (target.AccountID != "") == (d.Scope == ScopeLinkedAccount) && (target.WorkflowID != "") == (d.Scope == ScopeWorkflow)
}

// valueTarget finds what a request names: a definition, and whom the value is for.
func (s *Server) valueTarget(at place, definitionID string, target variableTarget) (*VariableDefinition, variableTarget, error) {
	definition, err := s.definition(at, definitionID)
	if err != nil {
		return nil, target, err
	}
	if !definition.fits(target) {
		return nil, target, fail(http.StatusBadRequest, codeValidation, "The scope of the variable is %s", definition.Scope)
	}
	target.AccountID = s.spelled(at, target.AccountID)
	return definition, target, nil
}

// spelled returns the id of an account as it is stored, or as it is where there is none.
func (s *Server) spelled(at place, accountID string) string {
	if stored := s.accounts(at).find(accountID, s.behaviour.Account.IDsIgnoreCase); stored != nil {
		return stored.account.AccountID
	}
	return accountID
}

// checkReader refuses reads for an account that does not exist, where the server does.
func (s *Server) checkReader(at place, target variableTarget) error {
	isSeen := target.AccountID == "" || s.accounts(at).stored.find(target.AccountID) != nil || s.variableValues(at).stale[target] != nil
	if isSeen || !s.behaviour.Variable.UnknownAccountRefused {
		return nil
	}
	return s.notFound(false, at, target.AccountID)
}

// checkWriter refuses to set a value for what does not exist, where the server does.
func (s *Server) checkWriter(at place, target variableTarget) error {
	switch {
	case s.behaviour.Variable.UnknownTargetStored:
		return nil
	case target.AccountID != "" && s.accounts(at).stored.find(target.AccountID) == nil:
		return s.notFound(false, at, target.AccountID)
	case target.WorkflowID != "" && !s.hasWorkflow(at, target.WorkflowID):
		return fail(http.StatusNotFound, codeNotFound, "Workflow with id %s not found", target.WorkflowID)
	default:
		return nil
	}
}

func (s *Server) hasWorkflow(at place, id string) bool {
	for _, app := range s.apps(at) {
		for _, known := range app.Workflows {
			if known.ID == id {
				return true
			}
		}
	}
	return false
}

// queriedTarget is whom a read asks for: the session's account, else that of header or query.
func (s *Server) queriedTarget(c *call) variableTarget {
	accountID, err := c.selectedAccount()
	if err != nil {
		accountID = ""
	}
	return variableTarget{s.spelled(c.place, accountID), c.query.Get("workflow_id")}
}

// getValue is GET /env/value/{definition_id} (FACTS 2.9).
func (s *Server) getValue(c *call) (answer, error) {
	definition, target, err := s.valueTarget(c.place, c.parameters["definitionID"], s.queriedTarget(c))
	if err != nil {
		return answer{}, err
	}
	if err := s.checkReader(c.place, target); err != nil {
		return answer{}, err
	}
	found := findValue(s.variableValues(c.place).read(target), definition.ID, target)
	if found == nil && s.behaviour.Variable.Unset == UnsetValueNotFound {
		return answer{}, unknownValue(http.StatusNotFound)
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showSingleValue(definition, found)), nil
}

func unknownValue(status int) error {
	return fail(status, codeNotFound, "Variable value not found")
}

// listValues is GET /env/values/{scope} (FACTS 2.9), oldest first.
func (s *Server) listValues(c *call) (answer, error) {
	scope, target := c.parameters["scope"], s.queriedTarget(c)
	switch {
	case !isScope(scope):
		return answer{}, fail(http.StatusBadRequest, codeValidation, "scope must be org, workspace, linked_account or workflow")
	case scope == ScopeWorkflow && target.WorkflowID == "":
		return answer{}, fail(http.StatusBadRequest, codeValidation, "workflow_id is required for the scope workflow")
	case scope == ScopeLinkedAccount && target.AccountID == "" && s.behaviour.Variable.ListWantsAccount:
		return answer{}, fail(http.StatusBadRequest, codeValidation, "linked_account_id is required for the scope linked_account")
	}
	if err := s.checkReader(c.place, target); err != nil {
		return answer{}, err
	}
	definitions, found := map[string]*VariableDefinition{}, []*valueRecord{}
	for _, known := range s.variableValues(c.place).readAll(s.behaviour.Variable.targets(scope, target)) {
		definition, err := s.definition(c.place, known.DefinitionID)
		if err == nil && definition.Scope == scope && s.behaviour.Variable.lists(definition, c.query) {
			definitions[definition.ID], found = definition, append(found, known)
		}
	}
	show := func(known *valueRecord) document {
		return s.behaviour.showListedValue(c.place, definitions[known.DefinitionID], known)
	}
	return jsonAnswer(http.StatusOK, s.behaviour.valuePage(paginate(found, c.query, s.behaviour.Variable.MaxLimit, show))), nil
}

// targets are those whose values a list of a scope is about.
func (rules VariableBehaviour) targets(scope string, asked variableTarget) func(variableTarget) bool {
	return func(known variableTarget) bool {
		switch {
		case (known.AccountID != "") != (scope == ScopeLinkedAccount) || (known.WorkflowID != "") != (scope == ScopeWorkflow):
			return false
		case rules.IgnoreFilters:
			return true
		default:
			return (asked.AccountID == "" || asked.AccountID == known.AccountID) && (asked.WorkflowID == "" || asked.WorkflowID == known.WorkflowID)
		}
	}
}

func (rules VariableBehaviour) lists(definition *VariableDefinition, query url.Values) bool {
	asked := query.Get("variable_definition_id")
	return asked == "" || asked == definition.ID || rules.IgnoreFilters
}

// setValue is POST /env/values, an upsert (FACTS 2.9).
func (s *Server) setValue(c *call) (answer, error) {
	fields, err := c.fields()
	if err != nil {
		return answer{}, err
	}
	definitionID, _ := text(fields["variable_definition_id"])
	accountID, _ := text(fields["linked_account_id"])
	workflowID, _ := text(fields["workflow_id"])
	if headed, err := c.headedAccount(); err == nil {
		accountID = headed
	}
	definition, target, err := s.valueTarget(c.place, definitionID, variableTarget{accountID, workflowID})
	if err != nil {
		return answer{}, err
	}
	if err := s.checkWriter(c.place, target); err != nil {
		return answer{}, err
	}
	value, isText := text(fields["value"])
	if !isText {
		return answer{}, fail(http.StatusBadRequest, codeValidation, "value must be a string")
	}
	if !isOfFormat(definition.Format, value) && !s.behaviour.Variable.AnyFormat {
		return answer{}, fail(http.StatusBadRequest, codeValidation, "value does not match the variable format")
	}
	s.variableValues(c.place).lag(target, s.behaviour.ReadLag)
	written := s.putValue(c.place, definition.ID, target, value)
	return s.behaviour.valueWritten(s.behaviour.showWrittenValue(c.place, definition, written)), nil
}

// isOfFormat reports whether a value fits a format, as JavaScript's Number and URL would see it.
func isOfFormat(format, value string) bool {
	switch format {
	case FormatNumber:
		_, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		return err == nil && !strings.ContainsAny(value, "iInNxX_")
	case FormatURL:
		parsed, err := url.Parse(value)
		return err == nil && parsed.Scheme != "" && parsed.Host != ""
	default:
		return true
	}
}

// putValue makes a value, or changes the one that is there.
func (s *Server) putValue(at place, definitionID string, target variableTarget, value string) *valueRecord {
	kept, now := s.variableValues(at), s.now()
	if found := kept.find(definitionID, target); found != nil {
		found.Value, found.UpdatedAt = value, now
		return found
	}
	return kept.add(s.newValue(definitionID, target, value, now))
}

func (s *Server) newValue(definitionID string, target variableTarget, value string, now time.Time) VariableValue {
	return VariableValue{
		ID: s.objectID(now), DefinitionID: definitionID, AccountID: target.AccountID, WorkflowID: target.WorkflowID,
		Value: value, CreatedAt: now, UpdatedAt: now,
	}
}

// deleteValue is DELETE /env/values/{value_id} (FACTS 2.9).
func (s *Server) deleteValue(c *call) (answer, error) {
	kept := s.variableValues(c.place)
	found := kept.byID(c.parameters["valueID"])
	if found == nil {
		return answer{}, s.behaviour.unknownDeletion()
	}
	if err := s.checkDeleter(c, found); err != nil {
		return answer{}, err
	}
	name := found.DefinitionID
	if definition, err := s.definition(c.place, found.DefinitionID); err == nil {
		name = definition.Name
	}
	kept.lag(found.target(), s.behaviour.ReadLag)
	kept.drop(func(known *valueRecord) bool { return known == found })
	return s.behaviour.valueWritten(document{{"status", "success"}, {"message", `Variable value for "` + name + `" deleted successfully`}}), nil
}

// checkDeleter holds the account of a header against whose value is to be deleted.
func (s *Server) checkDeleter(c *call, found *valueRecord) error {
	rule := s.behaviour.Variable.DeletionAccount
	if found.AccountID == "" || rule == DeletionAccountIgnored {
		return nil
	}
	id, err := c.headedAccount()
	switch {
	case err == nil && s.spelled(c.place, id) != found.AccountID:
		return s.behaviour.unknownDeletion()
	case err != nil && rule == DeletionAccountDemanded:
		return err
	default:
		return nil
	}
}

func (b *Behaviour) unknownDeletion() error {
	return unknownValue(choose(b.Variable.UnknownValueAs400, http.StatusBadRequest, http.StatusNotFound))
}
